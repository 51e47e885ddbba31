import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { Intent } from '../../../../shared/calls/operation-life/operation-record.ts';
import { eventEntry } from '../../../../shared/calls/timeline.ts';
import { changeCall } from '../../../../shared/ledger/change-call.ts';
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

test('a call whose createCall has no response when its time is over is unknown, and stays on the list', async () => {
  const { ledger, callId, read } = await withCall({ createdAt: new Date().toISOString() }, overdue);
  const later = { ...ledger, now: () => new Date(Date.now() + 400_000).toISOString() };
  for (const _ of ['silence', 'unknown', 'unknown']) {
    await runCallHousekeeping(later, false);
  }
  expect(await read()).toMatchObject({ status: 'unknown' });
  expect((await ledger.index.listOpen(10, undefined)).items).toHaveLength(1);
  expect(await ledger.calls.readProgress(callId, callId)).toMatchObject({ status: 'indeterminate' });
});

test.each([
  ['that is being created', {}, {}],
  [
    'whose overdue operation ACS does not respond about',
    { callConnectionId: 'cc', open: { x: anOpenOperation('hangUp', overdue) } },
    {},
  ],
  ['that continues', { callConnectionId: 'cc', status: 'connected', createdAt: new Date().toISOString() }, {}],
] as const)('a call %s is left as it is', async (_, call, intent) => {
  const { ledger, read } = await withCall(call, intent);
  const before = await read();
  await runCallHousekeeping(ledger, false);
  expect(await read()).toEqual(before);
  expect((await ledger.index.listOpen(10, undefined)).items).toHaveLength(1);
});

test('a call without an intent is left as it is', async () => {
  const ledger = aLedger();
  const call = aCall({ callId: anIntent().operationId });
  await ledger.calls.insertIncomingCall(call, [eventEntry({ id: 'e', at: call.createdAt, kind: 'IncomingCall' })], []);
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

test('every page of the open calls is checked, and rows of calls that were never stored are removed', async () => {
  const ledger = aLedger();
  const gone = Array.from({ length: 101 }, () => aCall({ callId: anIntent().operationId }));
  await Promise.all(gone.map((call) => ledger.index.add(call)));
  await runCallHousekeeping(ledger, false);
  expect((await ledger.index.listOpen(10, undefined)).items).toEqual([]);
  expect((await ledger.index.search({ list: 'calls' }, 'newest', {}, 200, undefined)).items).toEqual([]);
});

test('a call that is listed but not stored yet keeps its place on the lists', async () => {
  const ledger = aLedger();
  const call = aCall({ callId: anIntent().operationId, createdAt: new Date().toISOString() });
  await ledger.index.add(call);
  await runCallHousekeeping(ledger, false);
  expect((await ledger.index.search({ list: 'calls' }, 'newest', {}, 10, undefined)).items).toHaveLength(1);
});

test('the row of a replay that died before it could remove it is removed, and the call is listed as before', async () => {
  const { ledger, callId, read } = await withCall({ callConnectionId: 'cc', status: 'connected' });
  const call = (await read()) ?? aCall();
  await ledger.index.add({ ...call, createdAt: '2026-02-02T12:00:00.000Z' });
  await runCallHousekeeping(ledger, false);
  const { createdAt } = call;
  expect((await ledger.index.search({ list: 'calls' }, 'newest', {}, 10, undefined)).items).toEqual([
    { callId, createdAt },
  ]);
  expect((await ledger.index.listOpen(10, undefined)).items).toMatchObject([{ callId, createdAt }]);
});

test('a call that has been unknown for longer than a call can last is checked no more', async () => {
  const { ledger, read } = await withCall({ status: 'unknown' });
  await runCallHousekeeping(ledger, false);
  expect((await ledger.index.listOpen(10, undefined)).items).toEqual([]);
  expect(await read()).toMatchObject({ status: 'unknown' });
});

test('of the hang-ups that wait for their call, housekeeping leaves one to the process that is sending it', async () => {
  const createdAt = new Date().toISOString();
  const [left, sent] = [anIntent().operationId, anIntent().operationId];
  const named = { status: 'unknown', callConnectionId: 'cc', deferred: [left, sent], createdAt } as const;
  const { ledger, callId, read } = await withCall(named);
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const hangUp = { name: 'hangUp', callId, input: { forEveryone: true } };
  await ledger.calls.claim(anIntent({ ...hangUp, operationId: left, leaseUntil: later(60) }));
  await ledger.calls.claim(anIntent({ ...hangUp, operationId: sent, leaseUntil: createdAt }));
  const requested = async () => {
    const { items } = await ledger.calls.readTimeline(callId, 10, undefined);
    return items.filter(({ kind }) => kind === 'requested').map(({ operationId }) => operationId);
  };
  await runCallHousekeeping(ledger, false);
  expect((await read())?.deferred).toEqual([left]);
  expect(await requested()).toEqual([sent]);
  await runCallHousekeeping({ ...ledger, now: () => later(90) }, false);
  expect((await read())?.deferred).toBeUndefined();
  expect(new Set(await requested())).toEqual(new Set([left, sent]));
});

test('what a process left out of the index is indexed by housekeeping', async () => {
  const { ledger, callId } = await withCall({ callConnectionId: 'cc', status: 'connected' });
  const lost = { ...ledger.index, update: () => Promise.reject(new Error('the process is gone')) };
  const found = async () =>
    (await ledger.index.search({ list: 'calls', facet: 'serverCallId', value: 'sc' }, 'newest', {}, 10, undefined))
      .items;
  await changeCall({ ...ledger, index: lost }, callId, (call) => ({ ...call, serverCallId: 'sc' }));
  await ledger.writeBehind.idle();
  expect(await found()).toEqual([]);
  await runCallHousekeeping(ledger, false);
  expect(await found()).toHaveLength(1);
});

test('an operation that failed and that a process left out of the list is listed when its call is put away', async () => {
  const { ledger, callId, read } = await withCall({ status: 'disconnected', endedAt: '2026-01-01T12:00:00.000Z' });
  const listed = async () => (await ledger.operationIndex.list({}, {}, 10, undefined)).items;
  const failed = anIntent({ callId, name: 'play' });
  await ledger.calls.claim(failed);
  const stored = { record: (await read()) ?? aCall(), etag: '*' };
  await ledger.calls.write({ call: stored, progress: [failed.operationId, { status: 'failed' }] });
  const orphan = randomUUID();
  await ledger.calls.write({ call: stored, progress: [orphan, { status: 'failed' }] });
  expect(await listed()).toEqual([]);
  await runCallHousekeeping(ledger, false);
  const { operationId, createdAt } = failed;
  expect(await listed()).toEqual([{ operationId, callId, createdAt, name: 'play', status: 'failed' }]);
  expect((await ledger.index.listOpen(10, undefined)).items).toEqual([]);
});
