/** Incoming calls whose rule starts a sequence. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { becomes, deliver, dialIn, incomingCallEventFrom, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, party, timesDone, withoutTimers } from '../support/wire.ts';
import { ended, frequentRechecks, outcomes } from './sequences/sequences.ts';

const test = ownHostOnly('lets calls ring for two minutes');

let board: Switchboard;
const to = '+14255550100';

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks, RING_WINDOW_SECONDS: '120' });
});
afterAll(() => board.close());
afterEach(() => board.api('DELETE', 'routing-rules/ivr'));

const put = (request: object) =>
  board.api('PUT', 'routing-rules/ivr', { priority: 1, action: { kind: 'sequence', ...request } });

/** The one sequence of a call, once it has ended. */
async function sequenceOf(callId: string) {
  const { items } = (await board.api('GET', `sequences?callId=${callId}`)).body;
  expect(items).toHaveLength(1);
  return ended(board, items[0].sequenceId);
}

test('a sequence answers, plays and hangs up; a second delivery finds it started', async () => {
  const play = { do: 'play', with: { sources: [{ text: 'Welcome.' }] } };
  await put({
    steps: [{ do: 'answerCall' }, play],
    finally: [{ do: 'hangUp', with: { forEveryone: true } }],
  });
  const since = await lastEntry(board);
  const { incomingCallId, from } = await dialIn(board, { to });
  const event = await incomingCallEventFrom(board, from);
  expect(await deliver(board, [event, { ...event, id: randomUUID() }])).toBe(202);
  const { body } = await becomes(board, incomingCallId, 'answered');
  expect(body).toMatchObject({ ruleId: 'ivr', callId: incomingCallId });
  const sequence = await sequenceOf(incomingCallId);
  expect(sequence).toMatchObject({ status: 'succeeded', callId: incomingCallId });
  expect(outcomes(sequence)).toEqual(['answerCall succeeded', 'play succeeded', 'hangUp succeeded']);
  expect(await timesDone(board, 'answerCall', since)).toBe(1);
  expect(await deliver(board, [event])).toBe(202);
  await sequenceOf(incomingCallId);
});

test('a built-in has the call answered first', async () => {
  const from = nextCaller();
  await party(board, from, { then: [{ onListening: { press: '2' } }] });
  const prompt = { text: 'Press 2 for an agent.' };
  const choices = [{ tone: 'two', label: 'agent' }];
  await put({ name: 'menu', input: { participant: from, prompt, choices, attempts: 1 } });
  const { incomingCallId } = await dialIn(board, { from, to });
  await becomes(board, incomingCallId, 'answered');
  expect(await sequenceOf(incomingCallId)).toMatchObject({
    name: 'menu',
    status: 'succeeded',
    result: { outcome: 'chosen', choice: 'agent' },
  });
});

test('a rule names the caller to the sequence: to a built-in as the one it serves, to steps as $input.caller', async () => {
  const from = nextCaller();
  await party(board, from, { then: [{ onListening: { press: '2' } }] });
  const prompt = { text: 'Press 2 for an agent.' };
  await put({ name: 'menu', input: { prompt, choices: [{ tone: 'two', label: 'agent' }], attempts: 1 } });
  const first = await dialIn(board, { from, to });
  await becomes(board, first.incomingCallId, 'answered');
  expect(await sequenceOf(first.incomingCallId)).toMatchObject({ result: { outcome: 'chosen', choice: 'agent' } });
  const play = { do: 'play', with: { sources: [{ text: 'Welcome.' }], to: ['$input.caller'] } };
  await put({
    steps: [{ do: 'answerCall' }, { while: { present: '$input.caller' }, steps: [play] }, { do: 'hangUp' }],
  });
  const second = await dialIn(board, { to });
  await becomes(board, second.incomingCallId, 'answered');
  expect(await sequenceOf(second.incomingCallId)).toMatchObject({ status: 'succeeded', callId: second.incomingCallId });
});
