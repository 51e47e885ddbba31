/** ACS throttles, fails or does not respond: the client gets an error, the operation its right outcome, and no call is made twice. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectedCall, guest } from '../support/calls.ts';
import { participantIdIn } from '../support/people.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { dialsOf, fault, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const callerId = '+14255550100';
const call = { targets: ['+14255550123'], callerId };

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

/** The Repeatability ids of the requests that were made, one a request. */
async function repeatabilityIds(since: number) {
  return (await requestsSince(board, since)).map(({ headers }) => headers?.['repeatability-request-id']);
}

async function operation(operationId: string) {
  return (await board.api('GET', `operations/${operationId}`)).body;
}

test.each([
  ['a 429 that asks for a short pause', { status: 429, retryAfter: 1 }],
  ['a 503', { status: 503 }],
  ['an answer that is lost', { dropResponse: true }],
])('%s is retried under one id, and one call is made', async (_, trouble) => {
  await fault(board, 'createCall', trouble);
  const since = await lastEntry(board);
  const { body } = await board.api('POST', 'calls', call, { prefer: 'wait=20' });
  expect(body).toMatchObject({ status: 'succeeded' });
  expect(await repeatabilityIds(since)).toEqual([body.operationId, body.operationId]);
  expect(await dialsOf(board, body.callId)).toBe(1);
});

test('a 429 that asks for a long pause is passed on to the caller, and not retried', async () => {
  await fault(board, 'createCall', { status: 429, retryAfter: 60 });
  const since = await lastEntry(board);
  const answer = await board.api('POST', 'calls', call);
  expect(problemIn(answer).problem).toBe('429 acsRefused');
  expect(answer.headers.get('retry-after')).toBe('60');
  expect(await operation(answer.body.operationId)).toMatchObject({ status: 'failed', error: { source: 'acs' } });
  expect(await requestsSince(board, since)).toHaveLength(1);
});

test('a 429 that asks for a long pause is a refusal also of what is sent once', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'play', { status: 429, retryAfter: 60 });
  const playing = { sources: [{ text: 'Hello', locale: 'en-US' }] };
  const answer = await board.api('POST', `calls/${callId}/media/play`, playing);
  expect(problemIn(answer).problem).toBe('429 acsRefused');
  expect(await operation(answer.body.operationId)).toMatchObject({ status: 'failed', error: { acsCode: 429 } });
});

test('a 503 that lasts is a bad gateway once the retries are exhausted', async () => {
  await fault(board, 'createCall', { status: 503 }, 20);
  const since = await lastEntry(board);
  const answer = await board.api('POST', 'calls', call);
  expect(problemIn(answer).problem).toBe('502 acsRefused');
  const failed = await operation(answer.body.operationId);
  expect(failed).toMatchObject({
    status: 'failed',
    settledBy: 'response',
    error: { code: 'acsRefused', acsCode: 503, acsSubCode: 9999, acsMessage: expect.any(String) },
  });
  expect((await board.api('GET', `calls/${failed.callId}`)).body).toMatchObject({
    status: 'failed',
    endedAt: expect.any(String),
  });
  expect(new Set(await repeatabilityIds(since))).toEqual(new Set([failed.operationId]));
  expect(await dialsOf(board, failed.callId)).toBe(0);
});

test.each([401, 403])('a %s of ACS is our configuration, and a bad gateway to the caller', async (status) => {
  await fault(board, 'createCall', { status });
  const answer = await board.api('POST', 'calls', call);
  expect(problemIn(answer).problem).toBe('502 acsRefused');
  expect(await operation(answer.body.operationId)).toMatchObject({ status: 'failed' });
});

test.each([400, 404, 409])('a %s of ACS keeps its status', async (status) => {
  const callId = await connectedCall(board.api);
  await fault(board, 'transferToParticipant', { status });
  const answer = await board.api('POST', `calls/${callId}/transfer`, { target: '+14255550124' });
  expect(problemIn(answer).problem).toBe(`${status} acsRefused`);
  expect((await board.api('GET', `calls/${callId}`)).body.status).toBe('connected');
});

test('a hang-up that ACS performed, whose answer was lost, has succeeded', async () => {
  const group = await connectedCall(board.api, ['+14255550123', '+14255550124']);
  await fault(board, 'hangupCall', { dropResponse: true });
  const left = await board.api('POST', `calls/${group}/hang-up`, { forEveryone: false }, { prefer: 'wait=20' });
  expect(left).toMatchObject({ status: 200, body: { status: 'succeeded' } });
});

test.each([
  ['participants', 'getParticipants', { status: 429, retryAfter: 60 }, '429 acsRefused'],
  ['participants/{participantId}', 'getParticipant', { status: 403 }, '502 acsRefused'],
  ['properties', 'getCall', { status: 404 }, '410 callEnded'],
  ['participants', 'getParticipants', { status: 404 }, '410 callEnded'],
] as const)('a live read of %s with %s in trouble (%o) is %s', async (path, match, trouble, problem) => {
  const callId = await connectedCall(board.api);
  const participantId = await participantIdIn(board.api, `calls/${callId}`, guest);
  await fault(board, match, trouble, 20);
  const url = `calls/${callId}/${path.replace('{participantId}', participantId)}`;
  expect(problemIn(await board.api('GET', url)).problem).toBe(problem);
});
