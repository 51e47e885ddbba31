/** POST …/participants:cancelAddParticipant: cancels an invitation that is still pending. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { NOT_RINGING, SUCCESS } from '../calls/result-information.ts';
import { operationReference } from '../http/body-fields.ts';
import { contextOf, establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const cancelAddParticipant = defineOperation({
  name: 'cancelAddParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:cancelAddParticipant',
  status: 202,
  repeatable: 'openly',
  raises: ['CancelAddParticipantSucceeded', 'CancelAddParticipantFailed'],
  failure: 'CancelAddParticipantFailed',
  request: z.object({ ...operationReference, invitationId: z.string().min(1) }),
  response: z.strictObject({ invitationId: z.string(), operationContext: z.string().optional() }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const { invitationId } = body;
    const invitation = connection.invitations.get(invitationId);
    const failure = fail ?? (invitation === undefined ? NOT_RINGING : undefined);
    resource.clock.schedule(0, () => {
      // The participant may have answered meanwhile: then it is too late to cancel.
      const isPending = invitation !== undefined && connection.invitations.has(invitationId);
      const resultInformation = failure ?? (isPending ? SUCCESS : NOT_RINGING);
      const kind = resultInformation === SUCCESS ? 'CancelAddParticipantSucceeded' : 'CancelAddParticipantFailed';
      raise(resource, connection, kind, { invitationId, resultInformation }, body);
      if (resultInformation === SUCCESS) {
        invitation?.failed('canceled');
      }
    });
    return { body: { invitationId, ...contextOf(body) }, connection };
  },
});
