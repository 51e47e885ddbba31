/** Calls that live longer than the limit of minutes are ended by the app, although no event of them arrives. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { openAcs } from '../../shared/acs/client/client.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runCallHousekeeping } from '../../shared/ledger/upkeep/housekeeping.ts';
import { aLedger } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest, ringingCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, timesDone, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with tables of its own, and a second instance whose clock is ahead');
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
let board: Switchboard;

beforeAll(async () => {
  const windows = { ACS_TIMEOUT_SECONDS: '1', REPEAT_WINDOW_SECONDS: '1', RING_WINDOW_SECONDS: '300' };
  board = await startSwitchboard({ ...withoutTimers, ...windows, TABLE_PREFIX: prefix });
  await board.api('PUT', 'limits', { maxCallMinutes: 30 });
});
afterAll(() => board.close());

const acs = () => openAcs({ connectionString: board.emulator.connectionString, isLocal: true }, 1);
const inMinutes = (minutes: number): Ledger =>
  aLedger(
    {
      acs: acs(),
      callbackUrl: (callId) => `${board.url}/api/callbacks/${callId}`,
      repeatWindowSeconds: 1,
      ringWindowSeconds: 10_000,
      now: () => new Date(Date.now() + minutes * 60_000).toISOString(),
    },
    prefix,
  );
const ended = (callId: string) =>
  eventually(
    async () => (await board.api('GET', `calls/${callId}`)).body,
    ({ status }) => status === 'disconnected',
  );

/** The app in a group call with someone else. */
async function joinedCall(): Promise<string> {
  const locator = { kind: 'group', id: randomUUID() };
  const { callId } = (await board.api('POST', 'calls/connect', { locator }, { prefer: 'wait=20' })).body;
  return callId;
}

const housekeeping = (minutes: number) => runCallHousekeeping(inMinutes(minutes), false);

test('a call that lives longer than the limit is hung up once, is over by limitReached by the app, and its timeline says who requested it', async () => {
  const callId = await connectedCall(board.api);
  const since = await lastEntry(board);
  await housekeeping(29);
  expect((await board.api('GET', `calls/${callId}`)).body.status).toBe('connected');
  await housekeeping(31);
  await housekeeping(31);
  expect(await ended(callId)).toMatchObject({ reason: 'limitReached', endedBy: 'app' });
  expect(await timesDone(board, 'terminateCall', since)).toBe(1);
  const { body } = await board.api('GET', `calls/${callId}/timeline`);
  const requests = body.items.filter(({ requestedBy }: { requestedBy?: object }) => requestedBy !== undefined);
  expect(requests.at(-1).requestedBy).toEqual({ kind: 'switchboard' });
});

test('a hang-up that ACS refuses is sent again by the next run, and the reason is the one for which the call ended', async () => {
  const [callId, left] = [await connectedCall(board.api), await connectedCall(board.api)];
  await fault(board, 'terminateCall', { status: 400 }, 2);
  await housekeeping(31);
  expect((await board.api('GET', `calls/${callId}`)).body.status).toBe('connected');
  const { callConnectionId } = (await board.api('GET', `calls/${left}`)).body;
  await board.emulator.control.post(
    `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${guest}`)}/hang-up`,
    {},
  );
  expect(await ended(left)).toMatchObject({ reason: 'calleeLeft', endedBy: 'callee' });
  await housekeeping(31);
  expect(await ended(callId)).toMatchObject({ reason: 'limitReached', endedBy: 'app' });
});

test('a call that the app has joined is left to the others, unless the app has called someone into it', async () => {
  const [since, left, ownToo] = [await lastEntry(board), await joinedCall(), await joinedCall()];
  await board.api('POST', `calls/${ownToo}/participants`, { target: guest, callerId }, { prefer: 'wait=20' });
  await housekeeping(31);
  expect(await ended(left)).toMatchObject({ reason: 'limitReached' });
  expect(await ended(ownToo)).toMatchObject({ reason: 'limitReached' });
  expect([await timesDone(board, 'hangupCall', since), await timesDone(board, 'terminateCall', since)]).toEqual([1, 1]);
});

test('a call that is unknown is hung up once, as soon as ACS names it, and one that rings is left to ring out', async () => {
  const ringing = await ringingCall(board);
  await fault(board, 'createCall', { dropResponse: true }, 20);
  for (const kind of ['CallConnected', 'ParticipantsUpdated']) {
    await fault(board, kind, { dropEvent: true }, 20);
  }
  const { callId } = (await board.api('POST', 'calls', { targets: [guest], callerId })).body;
  await board.emulator.control.delete('faults');
  for (const _ of ['overdue', 'unknown', 'still unknown']) {
    await housekeeping(31);
  }
  const { items } = (await board.api('GET', `operations?callId=${callId}`)).body;
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['hangUp', 'createCall']);
  const { calls } = (await board.emulator.control.get('calls')) as {
    calls: { callConnectionId: string; callbackUri: string }[];
  };
  const connection = calls.find(({ callbackUri }) => callbackUri.endsWith(callId))?.callConnectionId ?? '';
  await acs()
    .getCallConnection(connection)
    .getCallMedia()
    .playToAll([{ kind: 'fileSource', url: 'https://example.com/a.wav' }]);
  await eventually(
    async () => (await board.api('GET', `calls/${callId}`)).body.status,
    (status) => status !== 'unknown',
  );
  // The lease of the hang-up ends by the clock of the instance that is ahead.
  await housekeeping(31);
  expect(await ended(callId)).toMatchObject({ reason: 'limitReached', endedBy: 'app' });
  expect((await board.api('GET', `incoming-calls/${ringing}`)).body.status).toBe('ringing');
});
