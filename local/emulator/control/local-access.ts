/** Access to the control API, which has no credentials: programs on this machine, and the emulator's own page. */

import { isLoopbackHost } from '../../loopback-host.ts';
import { AcsError } from '../http/acs-error.ts';
import { header, type WireRequest } from '../http/message.ts';

/**
 * Throws 403 for another machine; for a tunnel or a foreign DNS name that leads here, whose requests come from this
 * machine with another Host; and for a page of another site (by Fetch Metadata).
 */
export function checkLocalAccess(request: WireRequest): void {
  if (!request.fromLoopback || !isLoopbackHost(header(request, 'host'))) {
    throw new AcsError(403, 'Forbidden', 'The control API answers this machine only, by a loopback address.');
  }
  const site = header(request, 'sec-fetch-site') ?? 'none';
  if (site !== 'none' && site !== 'same-origin') {
    throw new AcsError(403, 'Forbidden', `The control API answers no pages of other sites; this one is ${site}.`);
  }
}
