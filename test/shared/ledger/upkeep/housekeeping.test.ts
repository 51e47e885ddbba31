import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { Intent } from '../../../../shared/calls/operation-life/operation-record.ts';
import { eventEntry } from '../../../../shared/calls/timeline.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { aCall, anOpenOperation } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';

const overdue = { dueAt: '2026-01-01T12:00:01.000Z' };

/** A ledger with one open call; its id. */
async function withCall(call: Partial<CallRecord> = {}, intent: Partial<Intent> = {}) {
  const ledger = aLedger();
  const { operationId: callId } = anIntent();
  const record = aCall({ ...call, callId });
  await ledger.calls.claim(anIntent({ operationId: callId, ...intent }), record);
  await ledger.index.add(record);
  const read = async () => (await ledger.calls.readCall(callId))?.record;
  return { ledger, callId, read };
}

test('a createCall without a response is settled when it is overdue', async () => {
  const { ledger, callId, read } = await withCall({}, overdue);
  await runCallHousekeeping(ledger, false);
  expect(await read()).toMatchObject({ status: 'failed' });
  expect(await ledger.calls.readProgress(callId, callId)).toMatchObject({ status: 'indeterminate' });
});

test.each([
  ['that is being created', {}, {}],
  [
    'whose overdue operation ACS does not respond about',
    { callConnectionId: 'cc', open: { x: anOpenOperation('hangUp', overdue) } },
    {},
  ],
  ['that continues', { callConnectionId: 'cc', status: 'connected' }, {}],
] as const)('a call %s is left as it is', async (_, call, intent) => {
  const { ledger, read } = await withCall(call, intent);
  const before = await read();
  await runCallHousekeeping(ledger, false);
  expect(await read()).toEqual(before);
  expect((await ledger.index.list('open', 10, undefined)).items).toHaveLength(1);
});

test('a call without an intent is left as it is', async () => {
  const ledger = aLedger();
  const call = aCall({ callId: anIntent().operationId });
  await ledger.calls.insertIncomingCall(call, eventEntry({ id: 'e', at: call.createdAt, kind: 'IncomingCall' }), []);
  await ledger.index.add(call);
  await runCallHousekeeping(ledger, true);
  expect((await ledger.calls.readCall(call.callId))?.record).toEqual(call);
});

test('a call that rings is left to ring until its ring window is over', async () => {
  const now = new Date().toISOString();
  const incoming = {
    from: '+14255550123',
    to: '+14255550100',
    context: 'c',
    status: 'ringing',
    receivedAt: now,
  } as const;
  const { ledger, read } = await withCall({ status: 'ringing', incoming });
  await runCallHousekeeping(ledger, true);
  expect((await read())?.incoming?.status).toBe('ringing');
  await runCallHousekeeping({ ...ledger, ringWindowSeconds: -1 }, false);
  expect((await read())?.incoming?.status).toBe('stale');
});

test('every page of the open calls is checked, and rows of calls that are gone are removed', async () => {
  const ledger = aLedger();
  const gone = Array.from({ length: 101 }, () => aCall({ callId: anIntent().operationId }));
  await Promise.all(gone.map((call) => ledger.index.add(call)));
  await runCallHousekeeping(ledger, false);
  expect((await ledger.index.list('open', 10, undefined)).items).toEqual([]);
  expect((await ledger.index.list('recent', 200, undefined)).items).toHaveLength(101);
});
