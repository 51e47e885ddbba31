/** POST /calling/callConnections:answer: answers an IncomingCall. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { detach } from '../calls/call-end.ts';
import { establish } from '../calls/connection.ts';
import { CALLER_GONE } from '../calls/result-information.ts';
import { displayedCaller } from '../calls/ringing-phone.ts';
import { userIdentifier } from '../identifiers.ts';
import { connectionProperties, describeConnection } from './connection-properties.ts';
import { connectionRequest, openRequested } from './connection-request.ts';
import { takeIncomingCall } from './incoming-context.ts';
import { defineOperation } from './operation.ts';

export const answerCall = defineOperation({
  name: 'answerCall',
  method: 'POST',
  path: '/calling/callConnections:answer',
  status: 200,
  repeatable: 'silently',
  raises: ['CallConnected', 'AnswerFailed', 'ParticipantsUpdated'],
  failure: 'AnswerFailed',
  request: z.object({
    ...connectionRequest,
    incomingCallContext: z.string().min(1),
    answeredBy: userIdentifier.optional(),
  }),
  response: connectionProperties,

  run({ resource, body, apiVersion, fail }) {
    const { invite, ringing, correlationId } = takeIncomingCall(resource, body.incomingCallContext);
    const { call, caller, target, callerDisplayName } = invite;
    const terms = {
      targets: [target],
      source: displayedCaller(invite),
      sourceDisplayName: callerDisplayName,
      answeredBy: body.answeredBy,
      answeredFor: target,
    };
    const connection = openRequested(resource, { call, body, apiVersion, terms, state: 'unknown', correlationId });
    const isWaiting = (): boolean => call.participants.has(caller.rawId);
    const wasWaiting = isWaiting();
    resource.clock.schedule(0, () => {
      if (connection.state === 'disconnected') {
        return;
      }
      const resultInformation = fail ?? (wasWaiting && !isWaiting() ? CALLER_GONE : undefined);
      if (resultInformation !== undefined) {
        raise(resource, connection, 'AnswerFailed', { resultInformation }, connection.terms);
        detach(resource, connection, resultInformation);
        return ringing.failed('unreachable');
      }
      establish(resource, connection);
      ringing.answered(connection);
    });
    return { body: describeConnection(resource, connection), connection };
  },
});
