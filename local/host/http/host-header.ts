/** Access of web pages to a host that asks for no credentials: by a name that leads to this machine, and by a browser on it. */

import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../loopback-host.ts';
import { RequestError } from './request-error.ts';

/** Other names that lead here on purpose, such as a tunnel's, separated by commas. */
const namesSetting = 'EMBEDDED_HOST_NAMES';

/** Throws 403 for a request by another name than those of this machine and of the setting. */
export function requireOwnName({ headers: { host = '' } }: IncomingMessage): void {
  const names = (process.env[namesSetting] ?? '').toLowerCase().split(/[\s,]+/);
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (!isLoopbackHost(host) && !names.includes(name)) {
    throw new RequestError(
      403,
      `This host answers requests to this machine's own names and to those in ${namesSetting}.`,
    );
  }
}

/**
 * Throws 403 for a request that a page of another site has a browser make (by Fetch Metadata) to what runs and ends functions
 * and orchestrations: no answer needs to be readable for that.
 */
export function refuseOtherSites({ headers }: IncomingMessage, [area = '']: readonly string[]): void {
  if (!['admin', 'runtime'].includes(area.toLowerCase())) {
    return;
  }
  const site = headers['sec-fetch-site'] ?? 'none';
  if (site !== 'none' && site !== 'same-origin') {
    throw new RequestError(403, 'This host answers no pages of other sites here.');
  }
}
