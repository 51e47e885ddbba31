/** Calls that clients join by an id: the id of a room, or of a group call. */

import type { CallContext } from './call-context.ts';
import type { ServerCall } from './model.ts';
import { newServerCall } from './server-call.ts';

/** The call that runs under the id now, or a new one. */
export function joinableCall(
  { calls, random, clock }: CallContext,
  kind: 'room' | 'group',
  joinId: string,
): ServerCall {
  return calls.runningIn(kind, joinId) ?? calls.addCall(newServerCall(random, clock.now(), kind, joinId));
}
