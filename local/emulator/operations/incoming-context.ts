/** The context of an IncomingCall as answer, reject and redirect use it. */

import type { IncomingCall } from '../calls/model.ts';
import { callNotFound } from '../http/acs-error.ts';
import type { Resource } from '../resource.ts';

/** The incoming call of a context, which is good only while the call rings: 404/8522 otherwise. */
export function incomingCallOf(resource: Resource, incomingCallContext: string): IncomingCall {
  const incoming = resource.calls.incoming.get(incomingCallContext);
  if (incoming === undefined) {
    throw callNotFound();
  }
  return incoming;
}

/** The same, and its context is used up. */
export function takeIncomingCall(resource: Resource, incomingCallContext: string): IncomingCall {
  const incoming = incomingCallOf(resource, incomingCallContext);
  resource.calls.incoming.delete(incomingCallContext);
  return incoming;
}
