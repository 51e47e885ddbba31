/** Local mode: ACS and storage are both on this machine, so that plain http and callers without a credential are allowed. */
import { isLoopback, isStorageLocal } from './loopback.ts';

export const httpIsLocal = 'http is for local mode only, in which ACS and storage are both on this machine; use https';

/** The settings by which it is known. */
interface Services {
  readonly ACS_ENDPOINT?: string | undefined;
  readonly ACS_CONNECTION_STRING?: string | undefined;
  readonly AzureWebJobsStorage?: string | undefined;
}

/** The settings that may be plain http in local mode. */
interface Urls extends Services {
  readonly ACS_CALLBACK_JWKS_URL: string;
  readonly ENTRA_AUTHORITY: string;
  readonly PUBLIC_BASE_URL: string;
  readonly RECORDINGS_CONTAINER_URL?: string | undefined;
  readonly ACS_RECORDING_ORIGIN?: string | undefined;
}

export function isAcsConnectionString(text: string): boolean {
  const [, endpoint = ''] = /^endpoint=(https?:\/\/[^;/]+)\/?;accesskey=.+$/i.exec(text) ?? [];
  return URL.canParse(endpoint);
}

/** One of the two is set: a rule of the schema requires it. */
export function endpointOf(settings: Services): string {
  return settings.ACS_ENDPOINT ?? String(settings.ACS_CONNECTION_STRING).replace(/^endpoint=([^;]+).*$/i, '$1');
}

/** Local mode: an emulator and a storage that are both on this machine. */
export function isLocal(settings: Services): boolean {
  return isLoopback(endpointOf(settings)) && isStorageLocal(settings.AzureWebJobsStorage ?? '');
}

/** The settings whose URL is plain http although the app is not in local mode or the host is not this machine. */
export function overHttp(settings: Urls): string[] {
  const urls = {
    ACS_ENDPOINT: endpointOf(settings),
    ACS_CALLBACK_JWKS_URL: settings.ACS_CALLBACK_JWKS_URL,
    ENTRA_AUTHORITY: settings.ENTRA_AUTHORITY,
    PUBLIC_BASE_URL: settings.PUBLIC_BASE_URL,
    RECORDINGS_CONTAINER_URL: settings.RECORDINGS_CONTAINER_URL ?? '',
    ACS_RECORDING_ORIGIN: settings.ACS_RECORDING_ORIGIN ?? '',
  };
  return Object.entries(urls)
    .filter(([, url]) => url?.startsWith('http:') && !(isLocal(settings) && isLoopback(url)))
    .map(([name]) => name);
}
