/** removeParticipant: remove a participant from the call. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { allAbsent } from '../../calls/operation-life/participant-evidence.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';

export const removeParticipant = defineOperation({
  name: 'removeParticipant',
  summary: 'Remove a participant from the call',
  method: 'DELETE',
  path: 'calls/{callId}/participants/{participant}',
  target: 'call',
  input: operationInput({ participant }),
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
