/** addParticipant: invite a user or phone number into the call. */
import * as z from 'zod';
import { toCustomContext } from '../../acs/wire/custom-context.ts';
import { toInvitee } from '../../acs/wire/identifiers.ts';
import { allPresent } from '../../calls/operation-life/participant-evidence.ts';
import { sourceOf } from '../calls/leg.ts';
import { customContext } from '../fields/custom-context.ts';
import { isForOneNumber, oneNumberNeeded, sendDigits } from '../fields/dial-string.ts';
import { callerIdNeeded, hasCallerId, operationInput, phoneNumber } from '../fields/fields.ts';
import { callee } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';
import { cancelAddParticipant } from './cancel-add-participant.ts';
import { removeParticipant } from './remove-participant.ts';

/** ACS's longest invitation timeout, which is also its default (ACS-D10). */
export const longestInvitationSeconds = 180;

export const addParticipant = defineOperation({
  name: 'addParticipant',
  summary: 'Invite a user or a phone number into the call',
  method: 'POST',
  path: 'calls/{callId}/participants',
  target: 'call',
  input: operationInput({
    target: callee,
    callerId: phoneNumber.optional(),
    displayName: z.string().max(256).optional(),
    invitationTimeoutSeconds: z.int().min(0).max(longestInvitationSeconds).optional(),
    customContext: customContext.optional(),
    sendDigits,
  })
    .refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded)
    .refine(({ sendDigits: digits, target }) => isForOneNumber(digits, target), oneNumberNeeded),
  example: { target: '+14255550123', callerId: '+14255550100' },
  result: z.object({ invitationId: z.string() }),
  settles: {
    by: 'event',
    success: ['AddParticipantSucceeded'],
    failure: ['AddParticipantFailed'],
    withinSeconds: 30,
    evidence: allPresent,
    // An invitation that was canceled before the invitee answered fails with 8542 (ACS-R20).
    canceledSubCode: 8542,
    invitationCanceledBy: 'CancelAddParticipantSucceeded',
  },
  undo: {
    whileOpen: { by: cancelAddParticipant, input: ({ result }) => ({ invitationId: result.invitationId }) },
    afterSuccess: { by: removeParticipant, input: ({ input }) => ({ participant: input.target }) },
  },
  // Zero is not documented: it may mean no limit.
  lastsSeconds: ({ invitationTimeoutSeconds }) => invitationTimeoutSeconds || longestInvitationSeconds,
  about: ({ target }) => [target],
  digitsAfter: ({ sendDigits: digits, target: to }) => (digits === undefined ? undefined : { to, digits }),
  invites: ({ target }) => ({ role: 'added', participants: [target] }),
  joins: ({ target }) => [target],

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
    return { result: { invitationId } };
  },
});
