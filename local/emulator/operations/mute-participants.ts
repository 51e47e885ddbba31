/** POST …/participants:mute: mutes one user; the API has no unmute. */

import * as z from 'zod';
import { publishParticipants } from '../calls/participant-list.ts';
import { AcsError, invalidArgument } from '../http/acs-error.ts';
import { operationContextResponse, operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { contextOf, establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const mute = defineOperation({
  name: 'mute',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:mute',
  status: 200,
  repeatable: 'openly',
  raises: ['ParticipantsUpdated'],
  request: z.object({
    operationContext: operationReference.operationContext,
    targetParticipants: z.array(identifier).length(1, 'must hold exactly one participant'),
  }),
  response: operationContextResponse,

  run({ resource, path, body }) {
    const connection = establishedConnection({ resource, path });
    const [target] = body.targetParticipants;
    if (target?.kind !== 'communicationUser') {
      throw invalidArgument('targetParticipants may hold a communication user only; others cannot be muted.');
    }
    const participant = connection.call.participants.get(target.rawId);
    if (participant === undefined) {
      throw new AcsError(404, '8522', 'Participant not found.');
    }
    resource.clock.schedule(0, () => {
      participant.isMuted = true;
      publishParticipants(resource, connection.call);
    });
    return { body: contextOf(body), connection };
  },
});
