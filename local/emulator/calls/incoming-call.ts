/** IncomingCall: the event with the context by which an application answers, rejects or redirects a call that rings. */

import { gzipSync } from 'node:zlib';
import type { Cancel } from '../clock.ts';
import type { Random } from '../random.ts';
import type { CallContext } from './call-context.ts';
import type { RingingPhone } from './model.ts';

/** Publishes the incoming call; the returned function withdraws its context, which is unknown from then on. */
export function offerToApplication({ calls, random, emit }: CallContext, ringing: RingingPhone): Cancel {
  const { invite } = ringing;
  const incomingCallContext = newContext(random);
  const correlationId = invite.reason === 'redirected' ? random.guid() : invite.call.correlationId;
  const incoming = { incomingCallContext, correlationId, invite, ringing };
  calls.incoming.set(incomingCallContext, incoming);
  emit('incomingCall', incoming);
  return () => void calls.incoming.delete(incomingCallContext);
}

/** About 8 KB in the shape of the service's context: an unsigned JWT around a compressed blob, opaque. */
function newContext(random: Random): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    cc: gzipSync(random.bytes(3000)).toString('base64'),
    shrToken: random.bytes(1400).toString('base64'),
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
}
