/** Calls that are over are removed the oldest first, some at a time, and also when a removal was interrupted. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { newCallRecord } from '../../../../shared/calls/call.ts';
import { eventEntry } from '../../../../shared/calls/timeline.ts';
import { changeCall } from '../../../../shared/ledger/change-call.ts';
import { removeExpiredCalls } from '../../../../shared/ledger/upkeep/retention.ts';
import { openCallIndex } from '../../../../shared/storage/call-index.ts';
import { openCallRemoval } from '../../../../shared/storage/call-removal.ts';
import { openCalls } from '../../../../shared/storage/calls.ts';
import { openRecordingIndex } from '../../../../shared/storage/recording-index.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

/** A ledger, its removal, and a function that adds a call that has been over for some days. */
function aKeptLedger() {
  const storage = { connectionString: inject('storage') };
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const ledger = aLedger({
    calls: openCalls(storage, prefix),
    index: openCallIndex(storage, prefix),
    recordingIndex: openRecordingIndex(storage, prefix),
  });
  const removal = openCallRemoval(storage, prefix);
  const overFor = async (days: number) => {
    const callId = randomUUID();
    const record = aCall({ callId, status: 'disconnected', createdAt: daysAgo(days), endedAt: daysAgo(days) });
    await ledger.calls.claim(anIntent({ operationId: callId }), record);
    await ledger.index.add(record);
    await ledger.index.close(record, []);
    return callId;
  };
  const isKept = async (callId: string) => (await ledger.calls.readCall(callId)) !== undefined;
  const listed = async () => (await ledger.index.search({ list: 'calls' }, 'newest', {}, 100, undefined)).items.length;
  return { ledger, removal, overFor, isKept, listed };
}

test('the calls that have been over for longest go first, as many as one run takes', async () => {
  const { ledger, removal, overFor, isKept } = aKeptLedger();
  const calls = [await overFor(40), await overFor(50), await overFor(31), await overFor(2)];
  const kept = () => Promise.all(calls.map(isKept));
  await removeExpiredCalls(ledger, { removal, days: 30 }, 2);
  expect(await kept()).toEqual([false, false, true, true]);
  await removeExpiredCalls(ledger, { removal, days: 30 }, 2);
  expect(await kept()).toEqual([false, false, false, true]);
  await removeExpiredCalls(ledger, { removal, days: 30 }, 2);
  expect(await kept()).toEqual([false, false, false, true]);
});

test('a call that an event revived after it was listed as over is kept', async () => {
  const { ledger, removal, overFor, isKept, listed } = aKeptLedger();
  const callId = await overFor(31);
  await changeCall(ledger, callId, (call) => ({ ...call, status: 'connected' }));
  await removeExpiredCalls(ledger, { removal, days: 30 });
  expect([await isKept(callId), await listed()]).toEqual([true, 1]);
  expect(await ledger.index.listOver(10)).toEqual([]);
});

test('0 days keep every call', async () => {
  const { ledger, removal, overFor, isKept } = aKeptLedger();
  const callId = await overFor(10_000);
  await removeExpiredCalls(ledger, { removal, days: 0 });
  expect(await isKept(callId)).toBe(true);
});

test('a call of more rows than a transaction takes is removed whole, with what was asked of it', async () => {
  const { ledger, removal, overFor, isKept } = aKeptLedger();
  const callId = await overFor(31);
  const operations = Array.from({ length: 3 }, () => anIntent({ callId }));
  for (const [position, intent] of operations.entries()) {
    await ledger.calls.claim(intent);
    await ledger.calls.addPending(callId, { operationId: intent.operationId, since: daysAgo(31) });
    const { record, etag } = (await ledger.calls.readCall(callId)) ?? { record: aCall(), etag: '' };
    const timeline = Array.from({ length: 60 }, (_, index) =>
      eventEntry({ id: `${position}-${index}`, at: daysAgo(31), kind: 'PlayStarted' }),
    );
    await ledger.calls.write({ call: { record, etag }, timeline, progress: [intent.operationId, { status: 'sent' }] });
  }
  await removeExpiredCalls(ledger, { removal, days: 30 });
  expect(await isKept(callId)).toBe(false);
  expect((await ledger.calls.readTimeline(callId, 10, undefined)).items).toEqual([]);
  for (const { operationId } of [...operations, { operationId: callId }]) {
    expect(await ledger.calls.readIntent(operationId)).toBeUndefined();
  }
});

test('a removal that was interrupted between recordings and call is finished by the next', async () => {
  const { ledger, removal, overFor, isKept } = aKeptLedger();
  const callId = await overFor(31);
  const [recordingId, createdAt] = [randomUUID(), daysAgo(31)];
  await ledger.recordingIndex.add({ recordingId, callId, createdAt });
  await changeCall(ledger, callId, (call) => ({
    ...call,
    recordings: { [recordingId]: { acsRecordingId: 'a', createdAt, moves: [] } },
  }));
  const dying = { remove: () => Promise.reject(new Error('the process is gone')) };
  await expect(removeExpiredCalls(ledger, { removal: dying, days: 30 })).rejects.toThrow(
    '1 of the calls could not be removed',
  );
  expect(await isKept(callId)).toBe(true);
  expect(await ledger.recordingIndex.callOf(recordingId)).toBeUndefined();
  expect((await ledger.recordingIndex.listRecent({}, 10, undefined)).items).toEqual([]);
  await removeExpiredCalls(ledger, { removal, days: 30 });
  expect(await isKept(callId)).toBe(false);
});

test('a removal that was interrupted before the lists were cleared is finished by the next', async () => {
  const { ledger, removal, overFor, isKept, listed } = aKeptLedger();
  const callId = await overFor(31);
  const index = { ...ledger.index, remove: () => Promise.reject(new Error('the process is gone')) };
  await expect(removeExpiredCalls({ ...ledger, index }, { removal, days: 30 })).rejects.toThrow(
    '1 of the calls could not be removed',
  );
  expect(await isKept(callId)).toBe(false);
  expect(await listed()).toBe(1);
  await removeExpiredCalls(ledger, { removal, days: 30 });
  expect(await listed()).toBe(0);
  expect(await ledger.index.listOver(10)).toEqual([]);
});

test('the redirects of a call are removed with it', async () => {
  const { ledger, removal } = aKeptLedger();
  const incoming = { from: 'a', to: 'b', context: 'c', status: 'redirected' as const, receivedAt: daysAgo(40) };
  for (const known of [{ serverCallId: 's/1' }, { correlationId: 'c/1' }, {}]) {
    const callId = randomUUID();
    const createdAt = daysAgo(40);
    const call = newCallRecord({
      salt: 'salt',
      callId,
      status: 'ringing',
      direction: 'inbound',
      createdAt,
      incoming,
      ...known,
    });
    expect(await ledger.redirects.count(call, 1)).toBe(true);
    expect(await ledger.redirects.count(call, 1)).toBe(true);
    await ledger.calls.claim(anIntent({ operationId: callId }), call);
    await ledger.index.add(call);
    await ledger.index.close(call, []);
    const another = Object.keys(known).length > 0 ? { ...call, callId: randomUUID() } : call;
    expect(await ledger.redirects.count(another, 1)).toBe(another === call);
    await removeExpiredCalls(ledger, { removal, days: 30 });
    expect(await ledger.redirects.count(another, 1)).toBe(true);
  }
});

test('the operations of a removed call are on no list any more', async () => {
  const { ledger, removal, overFor } = aKeptLedger();
  const callId = await overFor(31);
  const { operationId, createdAt } = anIntent();
  await ledger.calls.claim(anIntent({ operationId, callId, createdAt, name: 'play' }));
  const { record, etag } = (await ledger.calls.readCall(callId)) ?? { record: aCall(), etag: '' };
  await ledger.calls.write({ call: { record, etag }, progress: [operationId, { status: 'timedOut' }] });
  await ledger.operationIndex.add([{ operationId, callId, createdAt, name: 'play', status: 'timedOut' }]);
  for (const filter of [{}, { name: 'play' }, { status: 'timedOut' }]) {
    expect((await ledger.operationIndex.list(filter, {}, 10, undefined)).items).toHaveLength(1);
  }
  await removeExpiredCalls(ledger, { removal, days: 30 });
  for (const filter of [{}, { name: 'play' }, { status: 'timedOut' }]) {
    expect((await ledger.operationIndex.list(filter, {}, 10, undefined)).items).toEqual([]);
  }
});
