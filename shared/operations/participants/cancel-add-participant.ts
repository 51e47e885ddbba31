/** cancelAddParticipant: withdraw an invitation before it is answered. */
import * as z from 'zod';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const cancelAddParticipant = defineOperation({
  name: 'cancelAddParticipant',
  summary: 'Cancel an invitation; the addParticipant that made it ends `canceled`',
  method: 'POST',
  path: 'calls/{callId}/participants/cancel-add',
  target: 'call',
  input: operationInput({ invitationId: z.string().min(1).max(256) }),
  example: { invitationId: '0f8fad5b-d9cb-469f-a165-70867728950e' },
  settles: {
    by: 'event',
    success: ['CancelAddParticipantSucceeded'],
    failure: ['CancelAddParticipantFailed'],
    withinSeconds: 30,
  },
  undo: 'none',

  async send({ acs, input, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).cancelAddParticipantOperation(input.invitationId, options);
    return {};
  },
});
