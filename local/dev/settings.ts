/** The settings by which the app finds the other parts. */

import { connectionString, DEFAULT_ACCESS_KEY, KEY_SET_PATH, RESOURCE_ID } from '../emulator/index.ts';
import { loopback, type PortName, type Ports, portTable } from './ports.ts';

/** Azurite's published account: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite */
export const storageAccount = 'devstoreaccount1';
const storageKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * Settings that the app needs besides local.settings.json, where the usual ports are written: the settings of those parts
 * that listen elsewhere. On the usual ports that is nothing, so that the file counts as it is.
 */
export function settingsFor(ports: Ports): Record<string, string> {
  const isMoved = (...names: PortName[]) => names.some((name) => ports[name] !== portTable[name].usual);
  const emulatorUrl = urlAt(ports.emulator);
  return {
    ...(isMoved('blob', 'queue', 'table') && { AzureWebJobsStorage: storageConnectionString(ports) }),
    ...(isMoved('emulator') && {
      ACS_CONNECTION_STRING: connectionString(emulatorUrl, DEFAULT_ACCESS_KEY),
      ACS_RESOURCE_ID: RESOURCE_ID,
      ACS_CALLBACK_ISSUER: emulatorUrl,
      ACS_CALLBACK_JWKS_URL: `${emulatorUrl}${KEY_SET_PATH}`,
      ACS_RECORDING_ORIGIN: emulatorUrl,
    }),
    ...(isMoved('host') && { PUBLIC_BASE_URL: urlAt(ports.host) }),
  };
}

/** The root URL of what listens on a port of this machine. */
export function urlAt(port: number): string {
  return `http://${loopback}:${port}`;
}

/** Of Azurite on these ports. */
export function storageConnectionString({ blob, queue, table }: Pick<Ports, 'blob' | 'queue' | 'table'>): string {
  const endpoint = (port: number) => `${urlAt(port)}/${storageAccount}`;
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${storageAccount}`,
    `AccountKey=${storageKey}`,
    `BlobEndpoint=${endpoint(blob)}`,
    `QueueEndpoint=${endpoint(queue)}`,
    `TableEndpoint=${endpoint(table)}`,
  ].join(';');
}
