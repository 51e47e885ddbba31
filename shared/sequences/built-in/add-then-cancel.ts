/** addThenCancel: invite a person, and cancel the invitation unless it is answered in time. */
import * as z from 'zod';
import { callerIdNeeded, hasCallerId } from '../../operations/fields/fields.ts';
import { callee } from '../../operations/fields/people.ts';
import { defineSequence } from './define-sequence.ts';
import { callId, callingAs, ringFor } from './input.ts';
import { ring } from './ring.ts';

export const addThenCancel = defineSequence({
  name: 'addThenCancel',
  summary: 'Invite a person into the call, and cancel the invitation unless it is answered in time',
  input: z
    .strictObject({ callId, target: callee, ...callingAs, cancelAfter: ringFor.default('PT20S') })
    .refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  example: { target: '+14255550123', callerId: '+14255550100', cancelAfter: 'PT20S' },

  define: ({ callId: _, cancelAfter, ...invitation }) => ({
    steps: [
      ring('add', invitation, cancelAfter),
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
