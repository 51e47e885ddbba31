/** POST …/participants:remove: removes a participant from the call. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { leave } from '../calls/call-end.ts';
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
      const participant = connection.call.participants.get(body.participantToRemove.rawId);
      const resultInformation = fail ?? (participant === undefined ? NOT_PRESENT : SUCCESS);
      const kind = resultInformation === SUCCESS ? 'RemoveParticipantSucceeded' : 'RemoveParticipantFailed';
      raise(resource, connection, kind, { participant: body.participantToRemove, resultInformation }, body);
      if (participant !== undefined && resultInformation === SUCCESS) {
        leave(resource, participant, ENDED_BY_APP);
      }
    });
    return { body: contextOf(body), connection };
  },
});
