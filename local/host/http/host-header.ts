/** Access by name to a host that asks for no credentials: a web page whose name leads to this machine must not reach it. */

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
