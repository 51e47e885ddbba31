/** addThenCancel: invite somebody, and cancel the invitation unless it is answered in time. */
import { z } from 'zod';
import { callerIdNeeded, hasCallerId, participant, phoneNumber } from '../../operations/input.ts';
import { defineSequence } from '../built-in.ts';
import { callId, duration } from './input.ts';

export const addThenCancel = defineSequence({
  name: 'addThenCancel',
  summary: 'Invite somebody into the call, and cancel the invitation unless it is answered in time',
  input: z
    .strictObject({
      callId,
      target: participant,
      callerId: phoneNumber.optional(),
      displayName: z.string().max(256).optional(),
      cancelAfter: duration.default('PT20S'),
    })
    .refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  example: { target: '+14255550123', callerId: '+14255550100', cancelAfter: 'PT20S' },

  define: ({ callId: _, cancelAfter, ...invitation }) => ({
    steps: [
      {
        id: 'add',
        do: 'addParticipant',
        with: { ...invitation, invitationTimeoutSeconds: 180 },
        onFailure: 'continue',
        timeout: cancelAfter,
        // When the answer and the cancel race, what became of the invitation tells who won.
        onTimeout: [
          {
            id: 'cancel',
            do: 'cancelAddParticipant',
            with: { invitationId: '$steps.add.result.invitationId' },
            onFailure: 'continue',
          },
        ],
      },
      {
        if: { ref: '$steps.add.status', equals: 'succeeded' },
        then: [{ result: { outcome: 'answered' } }],
        else: [
          {
            if: { ref: '$steps.add.status', equals: 'canceled' },
            then: [{ result: { outcome: 'canceled' } }],
            else: [{ result: { outcome: 'declined', error: '$steps.add.error' } }],
          },
        ],
      },
    ],
  }),
});
