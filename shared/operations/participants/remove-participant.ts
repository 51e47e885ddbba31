/** removeParticipant: remove a participant from the call. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { allAbsent } from '../../calls/operation-life/participant-evidence.ts';
import { operationInput } from '../fields/fields.ts';
import { participantInput } from '../fields/participant-input.ts';
import { defineOperation } from '../operation.ts';

export const removeParticipant = defineOperation({
  name: 'removeParticipant',
  summary: 'Remove a participant from the call',
  method: 'POST',
  path: 'calls/{callId}/participants/remove',
  byParticipantId: { method: 'DELETE', path: 'calls/{callId}/participants/{participantId}', input: operationInput({}) },
  target: 'call',
  input: participantInput,
  example: { participant: '+14255550123' },
  settles: {
    by: 'event',
    success: ['RemoveParticipantSucceeded'],
    failure: ['RemoveParticipantFailed'],
    withinSeconds: 30,
    evidence: allAbsent,
  },
  undo: 'none',
  about: (input) => [input.participant],
  leaves: (input) => ({ who: [input.participant] }),

  async send({ acs, input, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).removeParticipant(toIdentifier(input.participant), options);
    return {};
  },
});
