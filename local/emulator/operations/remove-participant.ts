/** POST …/participants:remove: removes a participant from the call. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { leave } from '../calls/call-end.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { ENDED_BY_APP, NOT_PRESENT, SUCCESS } from '../calls/result-information.ts';
import { operationContextResponse, operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { contextOf, establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const removeParticipant = defineOperation({
  name: 'removeParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:remove',
  status: 202,
  repeatable: 'openly',
  raises: ['RemoveParticipantSucceeded', 'RemoveParticipantFailed', 'ParticipantsUpdated'],
  failure: 'RemoveParticipantFailed',
  request: z.object({ ...operationReference, participantToRemove: identifier }),
  response: operationContextResponse,

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    resource.clock.schedule(0, () => {
      const present = connection.call.participants.all(body.participantToRemove.rawId);
      const resultInformation = fail ?? (present.length === 0 ? NOT_PRESENT : SUCCESS);
      const isRemoved = resultInformation === SUCCESS;
      const kind = isRemoved ? 'RemoveParticipantSucceeded' : 'RemoveParticipantFailed';
      raise(resource, connection, kind, { participant: body.participantToRemove, resultInformation }, body);
      if (isRemoved) {
        for (const participant of present) {
          leave(resource, participant, ENDED_BY_APP);
        }
      } else {
        publishParticipants(resource, connection.call);
      }
    });
    return { body: contextOf(body), connection };
  },
});
