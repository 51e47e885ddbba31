/** The context of an IncomingCall as answer, reject and redirect use it. */

import type { IncomingCall } from '../calls/model.ts';
import { callNotFound } from '../http/acs-error.ts';
import type { Resource } from '../resource.ts';

/** Takes the incoming call; its context is good once, and only while the call rings: 404/8522 otherwise. */
export function ringingContext(resource: Resource, incomingCallContext: string): IncomingCall {
  const incoming = resource.calls.incoming.get(incomingCallContext);
  if (incoming === undefined) {
    throw callNotFound();
  }
  resource.calls.incoming.delete(incomingCallContext);
  return incoming;
}
