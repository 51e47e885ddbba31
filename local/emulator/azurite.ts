/** Azurite's published development account: the only storage whose key is known here. */

const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Account and key for an address in Azurite's account; undefined for one that carries a SAS, or is elsewhere. */
export function azuriteKey({ pathname, searchParams }: URL): [account: string, key: string] | undefined {
  return pathname.startsWith(`/${ACCOUNT}/`) && !searchParams.has('sig') ? [ACCOUNT, KEY] : undefined;
}

/**
 * Why nothing can be written at an address, or undefined. Azure writes as a managed identity, which is lacking here.
 */
export function storageProblem(url: URL): string | undefined {
  return url.searchParams.has('sig') || azuriteKey(url) !== undefined
    ? undefined
    : `must carry a SAS, or be in Azurite's account ${ACCOUNT}: the emulator has no managed identity`;
}
