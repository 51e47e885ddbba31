/** What no request asks for: lost events are found by reading at ACS, calls that rang out and calls that are over are put away. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, party, requestsSince } from '../support/wire.ts';
import { runTimer } from './recordings.ts';

const test = ownHostOnly('looks into tables of its own, and lets calls ring for a second');

let board: Switchboard;
const callerId = '+14255550100';
const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const index = openCallIndex({ connectionString: inject('storage') }, prefix);

beforeAll(async () => {
  board = await startSwitchboard({ TABLE_PREFIX: prefix, RING_WINDOW_SECONDS: '1' });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const run = (timer: 'housekeeping' | 'reconciliation') => runTimer(board, timer);

const openCalls = async () => (await index.listOpen(1000, undefined)).items.map(({ callId }) => callId);

test('a call whose CallConnected was lost is connected by reconciliation, and its createCall is settled by the read', async () => {
  await fault(board, 'CallConnected', { dropEvent: true });
  await fault(board, 'ParticipantsUpdated', { dropEvent: true }, 20);
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550123'], callerId });
  await eventually(
    () => board.api('GET', `calls/${body.callId}/participants`),
    (answer) => answer.body.items?.length > 0,
  );
  await run('housekeeping');
  expect((await board.api('GET', `operations/${body.operationId}`)).body.status).toBe('sent');
  await run('reconciliation');
  const settled = await eventually(
    () => board.api('GET', `operations/${body.operationId}`),
    (answer) => answer.body.status !== 'sent',
  );
  expect(settled.body).toMatchObject({ status: 'succeeded', settledBy: 'read' });
  const { items } = (await board.api('GET', `calls/${body.callId}/timeline`)).body;
  expect(items).toContainEqual(expect.objectContaining({ kind: 'read', message: 'connected' }));
  expect(items).toContainEqual(expect.objectContaining({ kind: 'settled', why: 'a read of the call at ACS' }));
  expect((await board.api('GET', `calls/${body.callId}`)).body).toMatchObject({
    status: 'connected',
    connectedAt: expect.any(String),
  });
});

test('a call whose CallDisconnected was lost is over after reconciliation, and leaves the open calls', async () => {
  const callId = await connectedCall(board.api);
  const [{ callConnectionId }] = [(await board.api('GET', `calls/${callId}`)).body];
  await fault(board, 'CallDisconnected', { dropEvent: true });
  await board.emulator.control.post(
    `calls/${callConnectionId}/participants/${encodeURIComponent('+14255550177')}/hang-up`,
  );
  expect((await board.api('GET', `calls/${callId}`)).body.status).toBe('connected');
  await run('reconciliation');
  const { body } = await eventually(
    () => board.api('GET', `calls/${callId}`),
    (call) => call.body.status !== 'connected',
  );
  expect(body).toMatchObject({ status: 'disconnected', endedAt: expect.any(String) });
  expect(await openCalls()).toContain(callId);
  await run('housekeeping');
  await eventually(openCalls, (open) => !open.includes(callId));
});

test('a call that rang out is stale in storage too, and leaves the open calls at the next run', async () => {
  const { incomingCallId } = await dialIn(board, { to: callerId });
  expect(await openCalls()).toContain(incomingCallId);
  await becomes(board, incomingCallId, 'stale');
  await eventually(
    async () => {
      await run('housekeeping');
      return openCalls();
    },
    (open) => !open.includes(incomingCallId),
  );
  expect((await board.api('GET', `incoming-calls/${incomingCallId}`)).body.status).toBe('stale');
});

test('a call that still connects, and one that ACS does not answer for, are left as they are', async () => {
  await party(board, '+14255550192', { onRing: 'noAnswer' });
  const { callId } = (await board.api('POST', 'calls', { targets: ['+14255550192'], callerId })).body;
  const before = (await board.api('GET', `calls/${callId}`)).body;
  const since = await lastEntry(board);
  await run('reconciliation');
  await eventually(
    () => requestsSince(board, since),
    (requests) => requests.some(({ path }) => path?.includes(before.callConnectionId)),
  );
  board.acs.down = true;
  await run('reconciliation');
  board.acs.down = false;
  expect((await board.api('GET', `calls/${callId}`)).body).toEqual(before);
});

test('a call that goes on is left as it is', async () => {
  const callId = await connectedCall(board.api);
  const before = (await board.api('GET', `calls/${callId}`)).body;
  const over = await connectedCall(board.api);
  await board.api('POST', `calls/${over}/hang-up`, {}, { prefer: 'wait=20' });
  await run('housekeeping');
  await eventually(openCalls, (open) => !open.includes(over));
  expect(await openCalls()).toContain(callId);
  expect((await board.api('GET', `calls/${callId}`)).body).toEqual(before);
});
