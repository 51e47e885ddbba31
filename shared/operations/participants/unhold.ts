/** unhold: take a participant off hold. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { noneOnHold } from '../../calls/operation-life/participant-evidence.ts';
import { participantInput } from '../fields/participant-input.ts';
import { defineOperation } from '../operation.ts';

export const unhold = defineOperation({
  name: 'unhold',
  summary: 'Take a participant off hold',
  method: 'POST',
  path: 'calls/{callId}/media/unhold',
  target: 'call',
  input: participantInput,
  example: { participant: '+14255550123' },
  settles: { by: 'participants', evidence: noneOnHold, withinSeconds: 15 },
  onRetry: 'judgedAnew',
  undo: 'none',
  about: (input) => [input.participant],

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.unhold(toIdentifier(input.participant), options);
    return {};
  },
});
