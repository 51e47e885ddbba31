/** addThenCancel: invite a person, and cancel the invitation unless it is answered in time. */
import * as z from 'zod';
import { callerIdNeeded, hasCallerId } from '../../operations/fields/fields.ts';
import { callee } from '../../operations/fields/people.ts';
import type { Step } from '../language/definition.ts';
import { defineSequence } from './define-sequence.ts';
import { abandonedPrompt, caller, callId, callingAs, ringFor } from './input.ts';
import { inform, ring } from './ring.ts';
import { whilePresent } from './while-present.ts';

export const addThenCancel = defineSequence({
  name: 'addThenCancel',
  summary: 'Invite a person into the call, and cancel the invitation unless it is answered in time',
  input: z
    .strictObject({
      callId,
      target: callee,
      caller,
      ...callingAs,
      cancelAfter: ringFor.default('PT20S'),
      abandonedPrompt,
    })
    .refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  serves: 'caller',
  example: { target: '+14255550123', callerId: '+14255550100', cancelAfter: 'PT20S' },

  define: ({ callId: _, caller: served, cancelAfter, abandonedPrompt: words, ...invitation }) => {
    const steps: Step[] = [
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
    ];
    return { steps: [whilePresent(served, steps, inform('add', invitation.target, words))] };
  },
});
