/** An orchestrator written in TypeScript, as a team would run it: started, watched, cancelled, cut off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { eventually } from '../../support/api.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../wire.ts';
import { atAcs, everybodyLeaves, reaches } from './scenes.ts';
import { ended, impatient, outcomes } from './sequences.ts';

let board: Switchboard;
const limitMs = 60_000;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...impatient });
});
afterAll(() => board.close());

const answers = { onRing: 'answer', afterMs: 0 };
const agrees = { ...answers, then: [{ onListening: { press: '1' } }] };
const silent = { onRing: 'noAnswer' };

let people = 0;

/** People with numbers of their own, and what they do when they are called. */
async function cast({ customer = agrees, agent = answers }: { customer?: object; agent?: object } = {}) {
  people += 1;
  const numbers = {
    customer: `+142555502${String(people).padStart(2, '0')}`,
    agent: `+142555503${String(people).padStart(2, '0')}`,
  };
  await party(board, numbers.customer, customer);
  await party(board, numbers.agent, agent);
  return numbers;
}

const said = { text: 'Hi', locale: 'en-US' };
const quickly = { retryAfter: 'PT0.2S', ringFor: 'PT1S', attempts: 2, prompt: said, thanks: said };

async function start(given: object) {
  const input = { ...callBack.example, ...quickly, ...given };
  const { status, body } = await board.api('POST', 'sequences', { name: 'callBack', input });
  expect({ status, body }).toMatchObject({ status: 202, body: { name: 'callBack', status: 'running' } });
  return body.sequenceId as string;
}

test(
  'a customer who answers is connected to the agent, until one of them leaves',
  async () => {
    const sequenceId = await start(await cast());
    const { callId } = await reaches(board, sequenceId, 'talk');
    await everybodyLeaves(board, callId);
    const sequence = await ended(board, sequenceId);
    expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'connected' } });
    expect(outcomes(sequence)).toEqual([
      'call-1 succeeded',
      'ask-1 succeeded',
      'agent succeeded',
      'thanks succeeded',
      'talk succeeded',
      'hangUp succeeded',
    ]);
  },
  limitMs,
);

test(
  'a customer who does not answer is called again',
  async () => {
    const sequenceId = await start(await cast({ customer: silent }));
    const sequence = await ended(board, sequenceId);
    expect(sequence).toMatchObject({ status: 'failed', error: { code: 'customerNotReached' } });
    expect(outcomes(sequence)).toEqual([
      'call-1 failed',
      'giveUp-1 succeeded',
      'pause-1 succeeded',
      'call-2 failed',
      'giveUp-2 succeeded',
      'hangUp skipped',
    ]);
  },
  limitMs,
);

test(
  'a voicemail presses nothing',
  async () => {
    const sequenceId = await start({
      ...(await cast({ customer: { ...answers, then: [{ onListening: { press: '7' } }] } })),
      attempts: 1,
    });
    const sequence = await ended(board, sequenceId);
    expect(outcomes(sequence)).toEqual(['call-1 succeeded', 'ask-1 succeeded', 'leave-1 succeeded', 'hangUp skipped']);
    expect(await atAcs(board, sequence.callId)).toMatchObject({ state: 'disconnected' });
  },
  limitMs,
);

test(
  'an agent who declines leaves nobody in the call',
  async () => {
    const sequenceId = await start(await cast({ agent: { onRing: 'decline', afterMs: 0 } }));
    const sequence = await ended(board, sequenceId);
    expect(sequence).toMatchObject({ status: 'failed', error: { code: 'agentNotReached' } });
    expect(await atAcs(board, sequence.callId)).toMatchObject({ state: 'disconnected' });
  },
  limitMs,
);

test.concurrent.each(['call-1', 'ask-1', 'agent', 'talk'])(
  'canceled at %s it hangs up',
  async (step) => {
    const isEarly = step === 'call-1';
    const sequenceId = await start(
      await cast(
        isEarly
          ? { customer: silent }
          : step === 'ask-1'
            ? { customer: answers }
            : step === 'agent'
              ? { agent: silent }
              : {},
      ),
    );
    const { callId } = await reaches(board, sequenceId, step);
    expect(await board.api('POST', `sequences/${sequenceId}/cancel`, {})).toMatchObject({ status: 202 });
    const sequence = await ended(board, sequenceId);
    expect({ sequence, outs: outcomes(sequence) }).toMatchObject({ sequence: { status: 'canceled' } });
    const call = await eventually(
      () => atAcs(board, sequence.callId ?? callId),
      (one) => one === undefined || one.state === 'disconnected',
    );
    expect(call?.ringing ?? []).toEqual([]);
  },
  limitMs,
);
