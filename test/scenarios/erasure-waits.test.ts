/** What an erasure waits for, what it cannot remove, what is erased of one call, and that a run resumes where another ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { newErasure } from '../../shared/erasure/erasure.ts';
import { openErasures } from '../../shared/storage/erasures.ts';
import { type Answer, eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { dialIn } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { archived, becomes, runTimer } from './recordings.ts';

const test = ownHostOnly('runs the timers of the app');

const id = randomUUID().replaceAll('-', '').slice(0, 16);
let board: Switchboard;
let people = 0;
const nextPerson = () => {
  people += 1;
  return `+1425816${String(3000 + people)}`;
};

beforeAll(async () => {
  board = await startSwitchboard({
    ...withoutTimers,
    TABLE_PREFIX: `t${id}`,
    ERASURE_SETTLE_SECONDS: '2',
    'AzureWebJobs.erasure.Disabled': 'false',
  });
});
afterAll(() => board.close());

const tracesOf = async (text: string) =>
  (await everythingStored([`t${id}`, `h${id}`])).filter((one) => one.text.includes(text)).map(({ where }) => where);

async function erasureOf(participant: string): Promise<string> {
  const { status, body } = await board.api('POST', 'erasures', { participant });
  expect(status).toBe(202);
  return body.erasureId;
}

const erasure = async (erasureId: string) => (await board.api('GET', `erasures/${erasureId}`)).body;

/** The erasure once it is so; the timer runs until then. */
const untilErasure = (erasureId: string, isSo: (body: Answer['body']) => boolean) =>
  eventually(async () => {
    await runTimer(board, 'erasure');
    return erasure(erasureId);
  }, isSo);

async function hungUp(callId: string): Promise<void> {
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => body.status === 'disconnected',
  );
}

/** An ended call with a recording in the archive; their ids. */
async function aRecordedCall(participant: string) {
  const callId = await connectedCall(board.api, [participant]);
  const { body } = await board.api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  await board.api('POST', `recordings/${recordingId}/stop`);
  await becomes(board, recordingId, 'archived');
  await hungUp(callId);
  return { callId, recordingId };
}

test('an erasure waits for a call that is not over, and for one that the person makes meanwhile', async () => {
  const person = nextPerson();
  const [over, open] = [await connectedCall(board.api, [person]), await connectedCall(board.api, [person])];
  await hungUp(over);
  const erasureId = await erasureOf(person);
  const waiting = await untilErasure(erasureId, ({ status }) => status === 'waiting');
  expect(waiting).toMatchObject({ waitingFor: { calls: 1 } });
  expect((await board.api('GET', `calls/${over}`)).status).toBe(404);
  expect((await board.api('GET', `calls/${open}`)).body.status).toBe('connected');

  const { incomingCallId } = await dialIn(board, { from: person, to: callerId });
  await hungUp(open);
  await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  expect((await untilErasure(erasureId, ({ status }) => status === 'waiting')).completedAt).toBeUndefined();
  await hungUp(incomingCallId);
  const receipt = await untilErasure(erasureId, ({ completedAt }) => completedAt !== undefined);
  expect(receipt).toMatchObject({ status: 'completed', removed: { calls: 3 }, kept: [] });
  expect(receipt.waitingFor).toBeUndefined();
  expect(await tracesOf(person.slice(1))).toEqual([]);
});

test('a second erasure of a person finds nothing, and has the same hash', async () => {
  const person = nextPerson();
  await hungUp(await connectedCall(board.api, [person]));
  const ids = [await erasureOf(person), await erasureOf(person)];
  const [first, second = first] = await Promise.all(
    ids.map((one) => untilErasure(one, ({ completedAt }) => completedAt !== undefined)),
  );
  const third = await untilErasure(await erasureOf(person), ({ completedAt }) => completedAt !== undefined);
  expect([first.removed.calls, second.removed.calls]).toContain(1);
  expect(third.removed).toEqual({});
  expect(new Set([first.personHash, second.personHash, third.personHash]).size).toBe(1);
  expect(await tracesOf(person.slice(1))).toEqual([]);
});

test('DELETE of a call removes it with its recordings once it is over, and nothing of another', async () => {
  const person = nextPerson();
  const { callId, recordingId } = await aRecordedCall(person);
  const another = await connectedCall(board.api, [person]);
  const refused = await board.api('DELETE', `calls/${another}`);
  expect(refused).toMatchObject({ status: 409, body: { code: 'callNotEnded' } });
  expect((await board.api('DELETE', `calls/${randomUUID()}`)).body.code).toBe('callNotFound');

  const { status, body } = await board.api('DELETE', `calls/${callId}`);
  expect({ status, body }).toMatchObject({ status: 202, body: { callId, removed: {} } });
  const receipt = await untilErasure(body.erasureId, ({ completedAt }) => completedAt !== undefined);
  expect(receipt).toMatchObject({ status: 'completed', callId, removed: { calls: 1, recordings: 1 }, kept: [] });
  expect(await archived(`t${id}`, recordingId)).toEqual([]);
  expect((await board.api('GET', `recordings/${recordingId}`)).status).toBe(404);
  expect((await board.api('GET', `calls/${another}`)).body.status).toBe('connected');
  expect((await board.api('DELETE', `calls/${callId}`)).body).toEqual(receipt);
  const where = await tracesOf(callId);
  expect(where.every((one) => one.includes('erasures'))).toBe(true);
  await hungUp(another);
});

test('an erasure that is not known is a 404, and a person that is none a 422', async () => {
  expect((await board.api('GET', `erasures/${randomUUID()}`)).body.code).toBe('erasureNotFound');
  expect(await board.api('POST', 'erasures', { participant: 'Anna' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'participant' }] },
  });
});

test('an erasure is listed once, also when two requests under one key had an entry of the list written', async () => {
  const { body } = await board.api('POST', 'erasures', { participant: nextPerson() });
  const store = openErasures({ connectionString: inject('storage') }, `t${id}`);
  await store.create(newErasure({ ...body, createdAt: '2026-01-01T00:00:00.000Z' }));
  const { body: page } = await board.api('GET', 'erasures?limit=100');
  expect(page.items.filter(({ erasureId }: Answer['body']) => erasureId === body.erasureId)).toHaveLength(1);
});

test('an erasure that fails at any of its requests to storage is resumed, and removes the same', async () => {
  for (let at = 5; at < 55; at += 9) {
    const person = nextPerson();
    await hungUp(await connectedCall(board.api, [person]));
    let requests = 0;
    board.storage.onPass = async (_, moment) => {
      requests += moment === 'request' ? 1 : 0;
      if (requests > at && requests < at + 8) {
        throw new Error('cut');
      }
    };
    const { body } = await board.api('POST', 'erasures', { participant: person });
    const receipt = await untilErasure(body.erasureId, ({ completedAt }) => completedAt !== undefined);
    expect(receipt, `after ${at} requests`).toMatchObject({ removed: { calls: 1 } });
    expect(await tracesOf(person.slice(1)), `after ${at} requests`).toEqual([]);
  }
});
