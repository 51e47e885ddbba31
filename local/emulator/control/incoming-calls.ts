/** /emulator/incoming-calls: a party calls the app. */

import * as z from 'zod';
import { enter, joinAnswerer } from '../calls/participant.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { ring, ringSeconds } from '../calls/ringing-phone.ts';
import { newServerCall } from '../calls/server-call.ts';
import { AcsError } from '../http/acs-error.ts';
import { defineEndpoint } from './endpoint.ts';
import { dialedId, partyId } from './party-id.ts';

const headers = z.record(z.string(), z.string()).optional();

const postIncomingCall = defineEndpoint({
  method: 'POST',
  path: '/incoming-calls',
  body: z.strictObject({
    from: partyId,
    to: dialedId,
    displayName: z.string().optional(),
    customContext: z.strictObject({ sipHeaders: headers, voipHeaders: headers }).optional(),
  }),
  run({ resource, body: { from, to, displayName, customContext } }) {
    if (from.rawId === to.rawId) {
      throw new AcsError(400, 'BadRequest', 'to: must differ from from.');
    }
    const call = resource.calls.addCall({
      ...newServerCall(resource.random, resource.clock.now()),
      caller: from.rawId,
    });
    const caller = enter(resource, call, from);
    ring(resource, {
      call,
      caller: from,
      callerDisplayName: displayName,
      target: to,
      customContext,
      timeoutSeconds: ringSeconds(to),
      reason: 'dialed',
      onAnswered: (answerer) => {
        // An application that answers for a number is not a participant, unless it says which user it speaks as.
        const { leg } = answerer;
        const identifier = leg === undefined ? answerer.identifier : leg.terms.answeredBy;
        if (identifier !== undefined) {
          joinAnswerer(resource, call, { ...answerer, identifier });
        }
        publishParticipants(resource, call);
        resource.emit('participantConnected', caller);
      },
      // The call ends because its caller is alone in it.
      onFailed: () => undefined,
    });
    const { correlationId, serverCallId } = call;
    return { correlationId, serverCallId };
  },
});

export const incomingCalls = [postIncomingCall];
