/** Digits that are sent once a phone number has answered. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, party, requestsSince, withoutTimers } from '../support/wire.ts';
import { aCall, callerId, ended, outcomes, run } from './sequences/sequences.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

const answers = { onRing: 'answer', afterMs: 0 };
const numbers = { create: '+14257760001', add: '+14257760002', declines: '+14257760003', step: '+14257760004' };
const wait = { prefer: 'wait=20' };

/** The tones that ACS was asked to send, by request. */
async function tonesSince(since: number): Promise<string[][]> {
  const requests = await requestsSince(board, since);
  return requests
    .filter(({ path }) => path?.includes(':sendDtmfTones'))
    .map(({ body }) => (body as { tones: string[] }).tones);
}

test('createCall sends digits with pauses once the number has answered, and says by which sequence', async () => {
  await party(board, numbers.create, answers);
  const since = await lastEntry(board);
  const input = { targets: [numbers.create], callerId, sendDigits: 'w12w3#' };
  const { body } = await board.api('POST', 'calls', input, wait);
  expect(body).toMatchObject({ status: 'succeeded', input: { sendDigits: { masked: true } } });
  const sequence = await ended(board, body.digitsSequenceId);
  expect(sequence).toMatchObject({ name: 'sendDigits', status: 'succeeded', result: { outcome: 'sent' } });
  expect(outcomes(sequence)).toEqual([
    'digits-1 succeeded',
    'digits-2 succeeded',
    'digits-3 succeeded',
    'digits-4 succeeded',
  ]);
  expect(await tonesSince(since)).toEqual([
    ['one', 'two'],
    ['three', 'pound'],
  ]);
});

test('addParticipant sends digits once, also when its request is repeated, and no answer shows them', async () => {
  await party(board, numbers.add, answers);
  const callId = await aCall(board);
  const since = await lastEntry(board);
  const input = { target: numbers.add, callerId, sendDigits: ',4711' };
  const key = { 'idempotency-key': randomUUID() };
  const first = await board.api('POST', `calls/${callId}/participants`, input, { ...wait, ...key });
  const again = await board.api('POST', `calls/${callId}/participants`, input, { ...wait, ...key });
  expect(again.body).toEqual(first.body);
  expect(await ended(board, first.body.digitsSequenceId)).toMatchObject({ result: { outcome: 'sent' } });
  expect(await tonesSince(since)).toEqual([['four', 'seven', 'one', 'one']]);
  const shown = await Promise.all(
    [
      `operations/${first.body.operationId}`,
      `calls/${callId}/timeline`,
      `sequences/${first.body.digitsSequenceId}`,
    ].map((path) => board.api('GET', path)),
  );
  expect(JSON.stringify([first, again, ...shown])).not.toMatch(/4711|"seven"/);
});

test('no digits are sent to a number that does not answer', async () => {
  await party(board, numbers.declines, { onRing: 'decline', afterMs: 0 });
  const callId = await aCall(board);
  const since = await lastEntry(board);
  const input = { target: numbers.declines, callerId, sendDigits: '1' };
  const { body } = await board.api('POST', `calls/${callId}/participants`, input, wait);
  expect(body.status).toBe('failed');
  expect(await ended(board, body.digitsSequenceId)).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'notSent' },
    steps: [],
  });
  expect(await tonesSince(since)).toEqual([]);
});

test('no digits are sent when ACS refuses the call', async () => {
  await fault(board, 'createCall', { status: 400 });
  const since = await lastEntry(board);
  const key = randomUUID();
  const input = { targets: [numbers.create], callerId, sendDigits: '1' };
  await board.api('POST', 'calls', input, { 'idempotency-key': key });
  const { body } = await board.api('GET', `operations/${key}`);
  expect(body).toMatchObject({ status: 'failed', error: { code: 'acsRefused' } });
  // Sooner than a recheck of the sequence: the refusal wakes it.
  expect(await ended(board, body.digitsSequenceId, 10_000)).toMatchObject({
    result: { outcome: 'notSent' },
    steps: [],
  });
  expect(await tonesSince(since)).toEqual([]);
});

test('a step sends digits, more than one request of ACS takes', async () => {
  await party(board, numbers.step, answers);
  const callId = await aCall(board, numbers.step);
  const since = await lastEntry(board);
  const steps = [{ id: 'pin', sendDigits: { to: '$input.target', digits: '$input.digits' } }];
  const input = { target: numbers.step, digits: `${'1'.repeat(18)}2` };
  expect(await run(board, { callId, input, steps })).toMatchObject({ status: 'succeeded' });
  expect((await tonesSince(since)).map(({ length }) => length)).toEqual([18, 1]);
});

test.each([
  ['addParticipant to a user', 'participants', { target: '8:acs:a', sendDigits: '1' }],
  ['characters that are no keys', 'participants', { target: numbers.add, callerId, sendDigits: '12x' }],
  ['pauses alone', 'participants', { target: numbers.add, callerId, sendDigits: 'ww' }],
  ['too many', 'participants', { target: numbers.add, callerId, sendDigits: '1'.repeat(65) }],
])('digits that cannot be sent are refused: %s', async (_, path, input) => {
  const callId = await aCall(board);
  const answer = problemIn(await board.api('POST', `calls/${callId}/${path}`, input));
  expect(answer).toMatchObject({ problem: '422 invalidInput', fields: ['sendDigits'] });
});

test('digits for several targets are refused', async () => {
  const input = { targets: [numbers.create, numbers.add], callerId, sendDigits: '1' };
  expect(problemIn(await board.api('POST', 'calls', input))).toMatchObject({
    problem: '422 invalidInput',
    fields: ['sendDigits'],
  });
});
