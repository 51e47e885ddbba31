/** An IncomingCall: a call that rings at an application, until it answers, rejects or redirects. */

import { gzipSync } from 'node:zlib';
import type { Cancel } from '../clock.ts';
import { publish } from '../event-grid/publish.ts';
import type { Random } from '../random.ts';
import type { Resource } from '../resource.ts';
import type { Invite, Ringing } from './ringing-phone.ts';

/** Headers that travel with a call, as Event Grid names them. */
export interface CustomContext {
  readonly sipHeaders?: Record<string, string> | undefined;
  readonly voipHeaders?: Record<string, string> | undefined;
}

export interface IncomingCall {
  readonly incomingCallContext: string;
  /** Its own for a redirected call, else that of the call. */
  readonly correlationId: string;
  readonly invite: Invite;
  readonly ringing: Ringing;
}

/** Publishes the IncomingCall; the answer takes back its context, which is unknown from then on. */
export function announce(resource: Resource, invite: Invite, ringing: Ringing): Cancel {
  const { call, caller, target, reason, customContext } = invite;
  const incomingCallContext = newContext(resource.random);
  const correlationId = reason === 'redirected' ? resource.random.guid() : call.correlationId;
  resource.calls.incoming.set(incomingCallContext, { incomingCallContext, correlationId, invite, ringing });
  publish(resource, 'IncomingCall', {
    subject: `/caller/${caller.rawId}/recipient/${target.rawId}`,
    correlationId,
    data: {
      to: target,
      from: caller,
      serverCallId: call.serverCallId,
      callerDisplayName: invite.callerDisplayName ?? '',
      customContext: { sipHeaders: customContext?.sipHeaders ?? {}, voipHeaders: customContext?.voipHeaders ?? {} },
      incomingCallContext,
      correlationId,
    },
  });
  return () => void resource.calls.incoming.delete(incomingCallContext);
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
