/** warmTransfer: the customer waits on hold while an agent is called; both talk if the agent takes the call. */
import * as z from 'zod';
import { callerIdNeeded, hasCallerId } from '../../operations/fields/fields.ts';
import { callee, participant } from '../../operations/fields/people.ts';
import { playSource } from '../../operations/fields/play-source.ts';
import type { Step } from '../language/definition.ts';
import { defineSequence } from './define-sequence.ts';
import { abandonedPrompt, callId, callingAs, confirmation, ringFor } from './input.ts';
import { inform, reach } from './ring.ts';
import { whilePresent } from './while-present.ts';

export const warmTransfer = defineSequence({
  name: 'warmTransfer',
  summary: 'Put the customer on hold, consult an agent, then connect both or return to the customer',
  input: z
    .strictObject({
      callId,
      customer: participant,
      agent: callee,
      ...callingAs,
      holdMusic: playSource.optional().meta({ description: 'Played to the customer on hold' }),
      ringFor: ringFor.default('PT30S'),
      consult: confirmation.optional(),
      abandonedPrompt,
      leave: z.boolean().default(false).meta({ description: 'Switchboard leaves the call once both talk' }),
    })
    .refine(({ callerId, agent }) => hasCallerId(callerId, agent), callerIdNeeded),
  serves: 'customer',
  example: {
    customer: '+14255550123',
    agent: '+14255550124',
    callerId: '+14255550100',
    consult: { prompt: { text: 'A customer is waiting. Press 1 to take the call.', locale: 'en-US' } },
    leave: true,
  },

  define: ({ customer, agent: target, callerId, displayName, holdMusic, ringFor: seconds, consult, ...others }) => {
    const { abandonedPrompt: words, leave } = others;
    const agent = reach('agent', { target, callerId, displayName }, { ringFor: seconds, confirm: consult });
    const unhold: Step = { do: 'unhold', with: { participant: customer }, onFailure: 'compensate' };
    const leaving: Step[] = leave ? [{ do: 'hangUp' }] : [];
    const steps: Step[] = [
      { do: 'hold', with: { participant: customer, source: holdMusic } },
      ...agent.steps,
      unhold,
      {
        if: agent.isReached,
        then: [{ result: { outcome: 'transferred' } }, ...leaving],
        else: [{ result: { outcome: 'returned' } }],
      },
    ];
    return {
      steps: [whilePresent(customer, steps, inform('agent', target, words, consult))],
      // However it ended, the customer is not left on hold.
      finally: [unhold],
    };
  },
});
