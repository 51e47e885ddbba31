/**
 * What the emulator serves as a proxy: ACS's recording hosts and itself. SDKs fetch recordings from Microsoft's hosts
 * only, so a client that uses the emulator as its HTTPS proxy reaches them by its environment alone. It is no open
 * proxy: it answers every request itself, and connects to no other machine.
 */

import type { Endpoints } from '../environment.ts';
import { AcsError } from './acs-error.ts';

/** The domains of the hosts that SDKs fetch recordings from (ACS-S5). */
const RECORDING_DOMAINS = ['asm.skype.com', 'asyncgw.teams.microsoft.com', 'ams.gov.teams.microsoft.us'];

/** The names that the certificate of the https listener has, so that it can serve them. */
export const RECORDING_HOSTS: readonly string[] = RECORDING_DOMAINS.map((domain) => `*.${domain}`);

/** One label before the domain: a wildcard covers no more. */
const recordingHost = new RegExp(`^[a-z0-9-]+\\.(?:${RECORDING_DOMAINS.join('|').replaceAll('.', '\\.')})$`, 'i');

/** Names of this machine, under which clients know the emulator too. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Throws 403 for a request to a proxy whose authority is neither a recording host's nor the emulator's own. */
export function checkProxied(method: string, authority: string, { url, httpsUrl, publicUrl }: Endpoints): void {
  const isTunnel = method === 'CONNECT';
  const parts = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d+))?$/i.exec(authority) ?? [];
  const [, host = '', port = isTunnel ? '443' : '80'] = parts;
  if (isTunnel && httpsUrl === undefined) {
    throw new AcsError(403, 'Forbidden', 'The emulator has no https listener, so it has no tunnels.');
  }
  const isItself = [url, httpsUrl, publicUrl]
    .filter((url): url is string => url !== undefined)
    .map((url) => new URL(url))
    // A tunnel carries TLS, so it never leads to the http listener.
    .filter(({ protocol }) => !isTunnel || protocol === 'https:')
    .some((own) => portOf(own) === port && [own.hostname, ...LOOPBACK].includes(host.toLowerCase()));
  if (host === '' || !(isItself || (isTunnel && port === '443' && recordingHost.test(host)))) {
    const mend = host === '' ? '' : `; add ${host} to NO_PROXY`;
    throw new AcsError(403, 'Forbidden', `The emulator is a proxy to the hosts of recordings only${mend}.`);
  }
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
