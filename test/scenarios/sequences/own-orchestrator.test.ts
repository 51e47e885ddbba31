/** An orchestrator written in TypeScript: started, read, canceled, interrupted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { eventually, request } from '../../support/api.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { lastEntry, party, timesDone, withoutTimers } from '../../support/wire.ts';
import { atAcs, hangUpParties, reaches } from './play.ts';
import { ended, frequentRechecks, outcomes } from './sequences.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks });
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
const quickly = { retryAfter: 'PT0.2S', ringFor: 'PT20S', attempts: 2, prompt: said, thanks: said };

async function start(given: object) {
  const input = { ...callBack.example, ...quickly, ...given };
  const { status, body } = await board.api('POST', 'sequences', { name: 'callBack', input });
  expect({ status, body }).toMatchObject({ status: 202, body: { name: 'callBack', status: 'running' } });
  return body.sequenceId as string;
}

test('a customer who answers is connected to the agent, until one of them leaves', async () => {
  const sequenceId = await start(await cast());
  const { callId } = await reaches(board, sequenceId, 'talk');
  await hangUpParties(board, callId);
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'connected' } });
  await eventually(
    () => historyOf(sequenceId),
    (text) => text.includes('"customStatus":{"status":"succeeded","open":[]}'),
  );
  expect(outcomes(sequence)).toEqual([
    'call-1 succeeded',
    'ask-1 succeeded',
    'agent succeeded',
    'thanks succeeded',
    'talk succeeded',
    'hangUp succeeded',
  ]);
});

test('a customer who does not answer is called again', async () => {
  const sequenceId = await start({ ...(await cast({ customer: silent })), ringFor: 'PT0.5S' });
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'failed', error: { code: 'customerNotReached' } });
  expect(outcomes(sequence)).toEqual([
    'call-1 failed',
    'stop-1 succeeded',
    'pause-1 succeeded',
    'call-2 failed',
    'stop-2 succeeded',
    'hangUp skipped',
  ]);
});

test('a voicemail does not press 1', async () => {
  const sequenceId = await start({
    ...(await cast({ customer: { ...answers, then: [{ onListening: { press: '7' } }] } })),
    attempts: 1,
  });
  const sequence = await ended(board, sequenceId);
  expect(outcomes(sequence)).toEqual(['call-1 succeeded', 'ask-1 succeeded', 'leave-1 succeeded', 'hangUp skipped']);
  expect(await atAcs(board, sequence.callId)).toMatchObject({ state: 'disconnected' });
});

test('after an agent declines, no one is left in the call', async () => {
  const sequenceId = await start(await cast({ agent: { onRing: 'decline', afterMs: 0 } }));
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'failed', error: { code: 'agentNotReached' } });
  expect(await atAcs(board, sequence.callId)).toMatchObject({ state: 'disconnected' });
});

test('a customer who hangs up while the agent rings is connected to no one', async () => {
  const { customer, agent } = await cast({ agent: silent });
  const sequenceId = await start({ customer, agent });
  const { callId } = await reaches(board, sequenceId, 'agent');
  await hangUpParties(board, callId);
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'abandoned' } });
  expect(outcomes(sequence)).toContain('serve canceled');
  expect(await atAcs(board, callId)).toMatchObject({ state: 'disconnected', ringing: [] });
});

/** The parties that keep a sequence at a step. */
const stuckAt = { 'call-1': { customer: silent }, 'ask-1': { customer: answers }, agent: { agent: silent }, talk: {} };

test.concurrent.each(Object.entries(stuckAt))('canceled at %s it undoes everything', async (step, deeds) => {
  const sequenceId = await start(await cast(deeds));
  const reached = await reaches(board, sequenceId, step);
  expect(await board.api('POST', `sequences/${sequenceId}/cancel`, {})).toMatchObject({ status: 202 });
  const { status, callId = reached.callId } = await ended(board, sequenceId);
  expect(status).toBe('canceled');
  const call = await eventually(
    () => atAcs(board, callId),
    (one) => one === undefined || one.state === 'disconnected',
  );
  expect(call?.ringing ?? []).toEqual([]);
});

test.concurrent.each(Object.entries(stuckAt).slice(1))(
  'when all parties hang up at %s it ends, and leaves nothing behind',
  async (step, deeds) => {
    const sequenceId = await start({ ...(await cast(deeds)), attempts: 1, ringFor: 'PT8S' });
    const { callId } = await reaches(board, sequenceId, step);
    await hangUpParties(board, callId);
    const { steps } = await ended(board, sequenceId);
    expect(steps.filter((one: { status: string }) => one.status === 'running')).toEqual([]);
    expect(await atAcs(board, callId)).toMatchObject({ state: 'disconnected', ringing: [] });
  },
);

test('the history of its orchestration holds no phone number', async () => {
  const people = await cast({ agent: { onRing: 'decline', afterMs: 0 } });
  const sequenceId = await start(people);
  await ended(board, sequenceId);
  const text = await historyOf(sequenceId);
  expect(text).toContain('advanceBatch');
  for (const number of [...Object.values(people), callBack.example.callerId]) {
    expect(text).not.toContain(number.slice(1));
  }
});

/** The whole history of an orchestration in Durable Functions. */
async function historyOf(sequenceId: string): Promise<string> {
  const query = 'showHistory=true&showHistoryOutput=true&showInput=true';
  const response = await request(`${board.url}/runtime/webhooks/durabletask/instances/${sequenceId}?${query}`);
  return response.text();
}

test('a lost orchestration starts again, and finds its steps done', async () => {
  const since = await lastEntry(board);
  const sequenceId = await start(await cast());
  const { callId } = await reaches(board, sequenceId, 'talk');
  await order(`instances/${sequenceId}/terminate`);
  await eventually(
    () => historyOf(sequenceId),
    (text) => text.includes('"runtimeStatus":"Terminated"'),
  );
  const shown = { ...quickly, talkFor: 'PT1H' };
  await order(`orchestrators/callBack/${sequenceId}`, { sequenceId, shown });
  await hangUpParties(board, callId);
  expect(await ended(board, sequenceId)).toMatchObject({ status: 'succeeded', result: { outcome: 'connected' } });
  expect(await timesDone(board, 'createCall', since)).toBe(1);
});

/** Calls the management API of Durable Functions. */
async function order(path: string, body: object = {}): Promise<void> {
  await request(`${board.url}/runtime/webhooks/durabletask/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('it is listed beside the built-in sequences', async () => {
  const { items } = (await board.api('GET', 'sequences/built-in')).body;
  expect(items).toContainEqual(
    expect.objectContaining({ name: 'callBack', summary: callBack.summary, inputSchema: expect.any(Object) }),
  );
  expect(new Set(items.map(({ name }: { name: string }) => name)).size).toBe(items.length);
});
