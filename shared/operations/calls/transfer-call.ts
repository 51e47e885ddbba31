/** transferCall: hand the other side, or one participant of a group call, over to another endpoint. */
import { toCustomContext } from '../../acs/wire/custom-context.ts';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { customContext } from '../fields/custom-context.ts';
import { operationInput, unsupported } from '../fields/fields.ts';
import { callee, participant } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';

export const transferCall = defineOperation({
  name: 'transferCall',
  summary: 'Transfer the other side of a 1:1 call, or `transferee` of a group call, to another endpoint',
  method: 'POST',
  path: 'calls/{callId}/transfer',
  target: 'call',
  input: operationInput({
    target: callee,
    transferee: participant.optional(),
    sourceCallerId: unsupported(
      'ACS shows the target the caller id of the party that is transferred, and supports no other',
    ),
    customContext: customContext.optional(),
  }),
  example: { target: '+14255550124' },
  // ACS stops ringing the target after 60 s: service limits page. A 1:1 call that ends with DiagCode 7015 was transferred.
  settles: {
    by: 'event',
    success: ['CallTransferAccepted'],
    failure: ['CallTransferFailed'],
    withinSeconds: 90,
    endSubCode: 7015,
  },
  undo: 'none',
  invites: ({ target, transferee }) => ({ role: 'transferred', participants: [target], transferee }),
  leaves: ({ transferee }) => ({ who: transferee === undefined ? 'everyone' : [transferee] }),

  async send({ acs, input, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).transferCallToParticipant(toIdentifier(input.target), {
      ...options,
      ...(input.transferee !== undefined && { transferee: toIdentifier(input.transferee) }),
      ...(input.customContext && { customCallingContext: toCustomContext(input.customContext) }),
    });
    return {};
  },
});
