/** W3C trace context of an invocation: the caller's trace when it sent one, else a new one. */

import { randomBytes } from 'node:crypto';
import type { TraceContext } from './rpc.ts';

const traceParent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/** A span of the caller's trace if `parent` is a valid `traceparent`; what starts here is recorded, if the app records. */
export function traceContext(parent = '', traceState = ''): TraceContext {
  const [, traceId, flags] = traceParent.exec(parent) ?? [];
  const span = randomBytes(8).toString('hex');
  if (traceId === undefined) {
    return { traceParent: `00-${randomBytes(16).toString('hex')}-${span}-01`, traceState: '' };
  }
  return { traceParent: `00-${traceId}-${span}-${flags}`, traceState };
}
