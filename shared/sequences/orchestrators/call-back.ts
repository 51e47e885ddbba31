/** callBack: call a customer back, several times if no person answers, then ring an agent into the call. */
import * as z from 'zod';
import { phoneNumber } from '../../operations/fields/fields.ts';
import { callee } from '../../operations/fields/people.ts';
import { playSource } from '../../operations/fields/play-source.ts';
import type { DoStep } from '../language/definition.ts';
import { duration } from '../language/schema.ts';
import { conditionHolds, perform, setResult, wait, waitForEvent, whilePresent, withCleanup } from './flow/blocks.ts';
import { type Flow, type Part, SequenceFailed } from './flow/flow.ts';
import { defineOrchestrator } from './flow/orchestrator.ts';

export const callBack = defineOrchestrator({
  name: 'callBack',
  summary: 'Call a customer back, again if no person answers, and ring an agent into the call',
  input: z.strictObject({
    customer: phoneNumber,
    agent: callee,
    callerId: phoneNumber,
    prompt: playSource.meta({ description: 'Asks the customer to press 1: a voicemail answers too' }),
    thanks: playSource.meta({ description: 'What the customer hears while the agent is rung' }),
    attempts: z.int().min(1).max(10).default(3),
    retryAfter: duration.default('PT10M'),
    ringFor: duration.default('PT30S'),
    talkFor: duration.default('PT1H'),
  }),
  example: {
    customer: '+14255550123',
    agent: '+14255550124',
    callerId: '+14255550100',
    prompt: { text: 'You asked us to call you back. Press 1 to talk to us.', locale: 'en-US' },
    thanks: { text: 'Thank you. An agent will be with you shortly.', locale: 'en-US' },
  },
  events: ['CallDisconnected'],
  shown: ['attempts', 'retryAfter', 'ringFor', 'talkFor'],

  /** The cleanup ends the call however the sequence ends: a failure alone would leave the customer in it. */
  *run(flow, { attempts, retryAfter, ringFor, talkFor }) {
    yield* withCleanup(
      flow,
      function* () {
        yield* reachCustomer(flow, attempts, retryAfter, ringFor);
        if (yield* ringAgent(flow, ringFor)) {
          yield* setResult(flow, 'outcome', { outcome: 'connected' });
          yield* waitForEvent(flow, 'talk', ['CallDisconnected'], talkFor);
        }
      },
      function* () {
        yield* perform(flow, { id: 'hangUp', do: 'hangUp', with: { forEveryone: true } });
      },
    );
  },
});

/** Each attempt makes a new call; the ids of its steps include the attempt. */
function* reachCustomer(flow: Flow, attempts: number, retryAfter: string, ringFor: string): Part<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (yield* callCustomer(flow, attempt, ringFor)) {
      return;
    }
    if (attempt < attempts) {
      yield* wait(flow, `pause-${attempt}`, retryAfter);
    }
  }
  throw new SequenceFailed('customerNotReached', 'The customer did not answer.');
}

/** Whether a person answered and pressed 1. */
function* callCustomer(flow: Flow, attempt: number, ringFor: string): Part<boolean> {
  const id = `call-${attempt}`;
  const hangUp = { do: 'hangUp', with: { callId: `$steps.${id}.callId`, forEveryone: true } };
  const call = yield* perform(flow, {
    id,
    do: 'createCall',
    with: { targets: ['$input.customer'], callerId: '$input.callerId' },
    timeout: ringFor,
    onTimeout: [{ ...hangUp, id: `stop-${attempt}` }],
  });
  if (call.status !== 'succeeded') {
    return false;
  }
  yield* perform(flow, {
    id: `ask-${attempt}`,
    do: 'recognize',
    with: { participant: '$input.customer', input: 'dtmf', maxTones: 1, prompt: '$input.prompt' },
  });
  if (yield* conditionHolds(flow, { ref: `$steps.ask-${attempt}.result.tones.0`, equals: 'one' })) {
    return true;
  }
  yield* perform(flow, { ...hangUp, id: `leave-${attempt}` });
  return false;
}

/** Whether the agent is there before the customer hangs up. The customer hears a recorded message in the meantime. */
function* ringAgent(flow: Flow, ringFor: string): Part<boolean> {
  const invitationId = '$steps.agent.result.invitationId';
  const agent: DoStep = {
    id: 'agent',
    do: 'addParticipant',
    with: { target: '$input.agent', callerId: '$input.callerId' },
    onFailure: 'continue',
    timeout: ringFor,
    onTimeout: [{ id: 'agent-cancel', do: 'cancelAddParticipant', with: { invitationId } }],
  };
  const thanks: DoStep = { id: 'thanks', do: 'play', with: { sources: ['$input.thanks'] }, onFailure: 'continue' };
  const present = '$input.customer';
  if (!(yield* whilePresent(flow, { id: 'serve', while: { present }, steps: [{ parallel: [[agent], [thanks]] }] }))) {
    return false;
  }
  if (!(yield* conditionHolds(flow, { ref: '$steps.agent.status', equals: 'succeeded' }))) {
    throw new SequenceFailed('agentNotReached', 'The agent did not take the call.');
  }
  return true;
}
