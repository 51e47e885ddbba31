/** ACS takes a request and does not respond within the time-out: an event, a read or a retry under the same key settles it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { requestOf, situations } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { dialsOf, entriesSince, fault, lastEntry, party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('cuts the connections between the app and ACS, by a proxy between the two');

let board: Switchboard;
const callerId = '+14255550100';
const timeoutMs = 1000;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ACS_TIMEOUT_SECONDS: String(timeoutMs / 1000) });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

let people = 0;

/** A call to a person who answers so; no other call uses that number. */
async function callTo(script: object) {
  people += 1;
  const target = `+1425558${String(people).padStart(4, '0')}`;
  await party(board, target, script);
  return { targets: [target], callerId };
}

const settledOf = (operationId: string) =>
  eventually(
    () => board.api('GET', `operations/${operationId}`),
    ({ body }) => !['accepted', 'sent'].includes(body.status),
  );

const silences = [{ dropResponse: true }, { latencyMs: 4 * timeoutMs }];

test.each(silences)('%o: the operation is accepted, and its event settles it', async (silence) => {
  const call = await callTo({ onRing: 'answer', afterMs: 2 * timeoutMs });
  await fault(board, 'createCall', silence, 20);
  const { status, body } = await board.api('POST', 'calls', call);
  expect({ status, body }).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect(body.sentAt).toBeUndefined();
  expect(problemIn(await board.api('GET', `calls/${body.callId}/properties`)).problem).toBe('409 callNotConnected');
  expect((await settledOf(body.operationId)).body).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  expect(await dialsOf(board, body.callId)).toBe(1);
});

test.each([
  [{ status: 429 }, '429 acsRefused'],
  [{ status: 503 }, '502 acsRefused'],
  [{ status: 503, retryAfter: 3 }, '502 acsRefused'],
])(
  '%o for longer than the time-out is no silence: it is reported as %s, and the operation has failed',
  async (no, problem) => {
    await fault(board, 'createCall', no, 20);
    const answer = await board.api('POST', 'calls', await callTo({ onRing: 'answer' }));
    expect(problemIn(answer).problem).toBe(problem);
    const { body } = await board.api('GET', `operations/${answer.body.operationId}`);
    expect(body).toMatchObject({ status: 'failed', settledBy: 'response', error: { source: 'acs' } });
  },
);

test.each(silences)('%o: an event that comes during the silence settles the operation at once', async (silence) => {
  const call = await callTo({ onRing: 'answer', afterMs: 0 });
  await fault(board, 'createCall', silence, 20);
  const { status, body } = await board.api('POST', 'calls', call);
  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'succeeded', settledBy: 'event' } });
  expect((await board.api('GET', `calls/${body.callId}`)).body.status).toBe('connected');
});

test('the same key, asked when ACS speaks again, is the same call', async () => {
  const call = await callTo({ onRing: 'answer', afterMs: 4 * timeoutMs });
  const headers = { 'idempotency-key': randomUUID() };
  await fault(board, 'createCall', { dropResponse: true }, 20);
  const first = await board.api('POST', 'calls', call, headers);
  expect(first.body).toMatchObject({ status: 'accepted' });
  await board.emulator.control.delete('faults');
  const again = await eventually(
    () => board.api('POST', 'calls', call, headers),
    ({ body }) => body.status === 'sent',
  );
  expect(again.body.result).toMatchObject({ callConnectionId: expect.any(String) });
  expect((await settledOf(first.body.operationId)).body.status).toBe('succeeded');
  expect(await dialsOf(board, first.body.callId)).toBe(1);
});

test('while ACS is still silent, the same key stays accepted', async () => {
  const callId = await connectedCall(board.api);
  const headers = { 'idempotency-key': randomUUID() };
  const move = [
    'POST',
    `calls/${callId}/participants/move`,
    { participants: ['8:acs:a'], fromCallId: await connectedCall(board.api) },
  ] as const;
  board.acs.down = true;
  try {
    expect((await board.api(...move, headers)).body).toMatchObject({ status: 'accepted' });
    const again = await board.api(...move, headers);
    expect(again).toMatchObject({ status: 202, body: { status: 'accepted' } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(problemIn(await board.api('GET', `calls/${callId}/participants`)).problem).toBe('502 acsUnreachable');
  } finally {
    board.acs.down = false;
  }
  const settled = await eventually(
    () => board.api(...move, headers),
    ({ body }) => body.status === 'failed',
  );
  expect(settled.body.error).toMatchObject({ source: 'acs', acsSubCode: 8558 });
});

test('an invitation whose answer was lost rings once', async () => {
  const callId = await connectedCall(board.api);
  const target = (await callTo({ onRing: 'answer', afterMs: 2 * timeoutMs })).targets[0];
  const since = await lastEntry(board);
  await fault(board, 'addParticipant', { dropResponse: true }, 20);
  const { body } = await board.api('POST', `calls/${callId}/participants`, { target, callerId });
  expect(body.status).toBe('accepted');
  expect((await settledOf(body.operationId)).body.status).toBe('succeeded');
  const added = (await entriesSince(board, since)).filter(
    ({ event, kind }) => kind === 'event' && event === 'AddParticipantSucceeded',
  );
  expect(added).toHaveLength(1);
});

test('a call that ends while its operations are open fails them', async () => {
  const call = await callTo({ onRing: 'answer', afterMs: 0 });
  const { callId } = (await board.api('POST', 'calls', call, { prefer: 'wait=20' })).body;
  const target = (await callTo({ onRing: 'noAnswer' })).targets[0];
  const added = await board.api('POST', `calls/${callId}/participants`, { target, callerId });
  await fault(board, 'AddParticipantFailed', { dropEvent: true });
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  expect((await settledOf(added.body.operationId)).body).toMatchObject({
    status: 'failed',
    error: { code: 'callEnded' },
  });
});

test('what ACS would do twice is not sent again under the same key: its event settles it', async () => {
  const callId = await connectedCall(board.api);
  const headers = { 'idempotency-key': randomUUID() };
  const play = ['POST', `calls/${callId}/media/play`, { sources: [{ text: 'Hold on.' }], loop: true }] as const;
  await fault(board, 'play', { dropResponse: true });
  const since = await lastEntry(board);
  expect((await board.api(...play, headers)).body.status).toBe('accepted');
  await new Promise((resolve) => setTimeout(resolve, 1.5 * timeoutMs));
  const again = await board.api(...play, headers);
  expect(again).toMatchObject({ status: 202, body: { status: 'accepted', operationId: headers['idempotency-key'] } });
  const asked = (await entriesSince(board, since)).filter(
    ({ kind, path }) => kind === 'request' && path?.includes(':play'),
  );
  expect(asked).toHaveLength(1);
  await board.api('POST', `calls/${callId}/media/cancel-all`, {});
  expect((await settledOf(again.body.operationId)).body).toMatchObject({ status: 'canceled', settledBy: 'event' });
});

/** ACS does not recognize a retry of these: it performs it again, or refuses it by the state that it finds. */
const unrecognized = (operations as readonly Operation[]).filter(({ onRetry }) => onRetry !== undefined);

test.each(unrecognized)('$name does not fail because ACS refuses a retry after a lost response', async (operation) => {
  const send = await requestOf(board, operation);
  await fault(board, situations[operation.name]?.wire ?? '', { dropResponse: true }, 1);
  const { body } = await send();
  expect(body.status).not.toBe('failed');
  const { callId } = body;
  expect((await board.api('GET', `operations/${body.operationId}`)).body).toMatchObject({
    callId,
    status: expect.not.stringMatching(/^(failed|canceled)$/),
  });
});

test('a retry that ACS has no time for does not fail a call that the first attempt made', async () => {
  const call = await callTo({ onRing: 'answer', afterMs: 3 * timeoutMs });
  let attempts = 0;
  board.acs.onPass = ({ method, path }, moment) => {
    if (method !== 'POST' || !path.startsWith('/calling/callConnections?')) {
      return undefined;
    }
    attempts += moment === 'request' ? 1 : 0;
    if (attempts > 1) {
      return 503;
    }
    return moment === 'answer' ? Promise.reject(new Error('the response is lost')) : undefined;
  };
  const { status, body } = await board.api('POST', 'calls', call);
  board.acs.onPass = () => {};
  expect(attempts).toBeGreaterThan(1);
  expect({ status, body }).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect((await settledOf(body.operationId)).body).toMatchObject({ status: 'succeeded' });
  expect(await dialsOf(board, body.callId)).toBe(1);
});
