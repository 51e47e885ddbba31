/** POST …:unhold: takes a participant off hold. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { unhold as takeOffHold } from '../media/hold.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const unhold = defineOperation({
  name: 'unhold',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:unhold',
  status: 200,
  raises: ['ParticipantsUpdated'],
  request: z.object({ ...operationReference, targetParticipant: identifier }),

  run({ resource, path, body }) {
    const connection = establishedConnection({ resource, path });
    const participant = connection.call.participants.get(body.targetParticipant.rawId);
    // No event reports a failed unhold. For an absent participant not documented; chosen here: 404.
    if (participant === undefined) {
      throw new AcsError(404, '8522', 'Participant not found.');
    }
    resource.clock.schedule(0, () => takeOffHold(resource, connection, participant));
    return { connection };
  },
});
