/** addParticipant: invite a user or phone number into the call. */
import { z } from 'zod';
import { toCustomContext } from '../acs/custom-context.ts';
import { toInvitee } from '../acs/identifiers.ts';
import { allPresent } from '../calls/presence.ts';
import { callerIdNeeded, customContext, hasCallerId, operationInput, participant, phoneNumber } from './input.ts';
import { sourceOf } from './leg.ts';
import { defineOperation } from './operation.ts';

export const addParticipant = defineOperation({
  name: 'addParticipant',
  summary: 'Invite a user or a phone number into the call',
  method: 'POST',
  path: 'calls/{callId}/participants',
  target: 'call',
  input: operationInput({
    target: participant,
    callerId: phoneNumber.optional(),
    displayName: z.string().max(256).optional(),
    invitationTimeoutSeconds: z.int().min(0).max(180).optional(),
    customContext: customContext.optional(),
  }).refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  example: { target: '+14255550123', callerId: '+14255550100' },
  // An invitation lasts 180 s at most.
  settles: {
    by: 'event',
    success: ['AddParticipantSucceeded'],
    failure: ['AddParticipantFailed'],
    withinSeconds: 210,
    shows: allPresent,
  },
  about: ({ target }) => [target],

  async send({ acs, input, callConnectionId, options }) {
    const { invitationId } = await acs.getCallConnection(callConnectionId).addParticipant(
      {
        targetParticipant: toInvitee(input.target),
        ...sourceOf(input),
        ...(input.customContext && { customCallingContext: toCustomContext(input.customContext) }),
      },
      {
        ...options,
        ...(input.invitationTimeoutSeconds !== undefined && {
          invitationTimeoutInSeconds: input.invitationTimeoutSeconds,
        }),
      },
    );
    return { invitationId, result: { invitationId } };
  },
});
