/** Who may use the control API, which asks for no password: programs on this machine, and pages of the emulator itself. */

import { AcsError } from '../http/acs-error.ts';
import { header, type WireRequest } from '../http/message.ts';

/** Names of this machine, as a Host header writes them. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Throws 403 for another machine. So it does for a tunnel and for a name that somebody else's DNS sends here, which
 * arrive from this machine under another host; and for what a page of another site asks (Fetch Metadata tells).
 */
export function refuseStrangers(request: WireRequest): void {
  if (!request.fromLoopback || !LOOPBACK.test(header(request, 'host') ?? '')) {
    throw new AcsError(403, 'Forbidden', 'The control API answers this machine only, by a loopback address.');
  }
  const site = header(request, 'sec-fetch-site') ?? 'none';
  if (site !== 'none' && site !== 'same-origin') {
    throw new AcsError(403, 'Forbidden', `The control API answers no pages of other sites; this one is ${site}.`);
  }
}
