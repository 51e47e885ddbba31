/** Events of operations whose response was never stored, and of operations that a call no longer keeps. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { Intent } from '../../../../shared/calls/operation-life/operation-record.ts';
import { perform } from '../../../../shared/ledger/commands/perform.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { cancelAllMediaOperations } from '../../../../shared/operations/media/cancel-all-media-operations.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';
import { aRecordingNotifier } from '../a-receiver.ts';

const notifyUrl = 'enc.key.text' as const;
const origin = { context: 'mine', notifyUrl };

/** A connected call, and an operation of it that was requested; its response is not stored. */
async function asked(over: Partial<CallRecord> = {}, intent: Partial<Intent> = {}) {
  const notifier = aRecordingNotifier();
  const ledger = aLedger({ notifier });
  const callId = randomUUID();
  const record = aCall({ status: 'connected', callConnectionId: 'cc', ...over, callId });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  await ledger.index.add(record);
  const operation = anIntent({ callId, name: 'play', ...origin, ...intent });
  await ledger.calls.claim(operation);
  const raise = async (kind: string, operationContext = operation.operationId) => {
    const time = new Date().toISOString();
    const event = { id: randomUUID(), type: `Microsoft.Communication.${kind}`, time, data: { operationContext } };
    await receiveCallback(ledger, callId, [event]);
    return event.id;
  };
  const keepHouseIn = (seconds: number) =>
    runCallHousekeeping({ ...ledger, now: () => new Date(Date.now() + seconds * 1000).toISOString() }, false);
  const call = async () => (await ledger.calls.readCall(callId))?.record;
  return { ledger, notifier, callId, operationId: operation.operationId, raise, keepHouseIn, call };
}

test('the events of an operation without a response are published by housekeeping, and settle it', async () => {
  const { ledger, notifier, callId, operationId, raise, keepHouseIn, call } = await asked();
  const events = [await raise('PlayStarted'), await raise('PlayCompleted')];
  expect(notifier.sent).toEqual([]);
  await keepHouseIn(30);
  expect(notifier.sent).toEqual([]);
  await keepHouseIn(120);
  expect(notifier.sent.map(({ id }) => id)).toEqual([...events, `${operationId}-succeeded`]);
  expect(notifier.sent.every(({ data }) => data.context === 'mine' && data.operationId === operationId)).toBe(true);
  expect(await ledger.calls.readProgress(callId, operationId)).toMatchObject({
    status: 'succeeded',
    settledBy: 'event',
  });
  expect(await call()).toMatchObject({ buffered: {}, open: {}, recentlySettled: { [operationId]: origin } });
});

test('an operation without a response whose events report no outcome stays open', async () => {
  const { notifier, operationId, raise, keepHouseIn, call } = await asked();
  await raise('PlayStarted');
  await keepHouseIn(120);
  expect(await call()).toMatchObject({
    buffered: {},
    open: { [operationId]: { name: 'play', life: { state: 'unconfirmed' }, origin } },
  });
  await raise('PlayCompleted');
  expect(notifier.sent.map(({ type }) => type.replace(/.*\./, ''))).toEqual([
    'PlayStarted',
    'PlayCompleted',
    'OperationSettled',
  ]);
});

test('the events of an operation of another app are published, and then removed', async () => {
  const { notifier, raise, keepHouseIn, call } = await asked();
  const id = await raise('PlayCompleted', 'of another app');
  await keepHouseIn(120);
  expect(notifier.sent).toMatchObject([{ id, data: { operationId: 'of another app' } }]);
  expect(notifier.sent[0]?.data).not.toHaveProperty('context');
  expect((await call())?.buffered).toEqual({});
});

test('an outcome of an operation that settled long ago is not kept in the buffer', async () => {
  const { ledger, callId, operationId, raise, keepHouseIn, call } = await asked();
  const stored = await ledger.calls.readCall(callId);
  const settled = { status: 'failed', settledBy: 'deadline' } as const;
  await ledger.calls.write({ call: stored ?? { record: aCall(), etag: '' }, progress: [operationId, settled] });
  await raise('PlayCompleted');
  expect(Object.keys((await call())?.buffered ?? {})).toEqual([operationId]);
  await keepHouseIn(120);
  expect((await call())?.buffered).toEqual({});
  expect(await ledger.calls.readProgress(callId, operationId)).toEqual(settled);
});

test('a call that is over and off the list keeps nothing of an operation that an event names later', async () => {
  const { ledger, callId, operationId, raise, keepHouseIn, call } = await asked();
  const stored = await ledger.calls.readCall(callId);
  const settled = { status: 'failed', settledBy: 'deadline' } as const;
  await ledger.calls.write({ call: stored ?? { record: aCall(), etag: '' }, progress: [operationId, settled] });
  await raise('CallDisconnected');
  const listed = async () => (await ledger.index.listOpen(10, undefined)).items.length;
  await keepHouseIn(120);
  await keepHouseIn(1200);
  expect(await listed()).toBe(0);
  await raise('PlayCompleted');
  expect(Object.keys((await call())?.buffered ?? {})).toEqual([operationId]);
  expect(await listed()).toBe(1);
  await keepHouseIn(120);
  expect((await call())?.buffered).toEqual({});
  for (const seconds of [1200, 1300]) {
    await keepHouseIn(seconds);
  }
  expect(await listed()).toBe(0);
});

test('a call that is over stays on the list of housekeeping until such events are published', async () => {
  const { ledger, notifier, raise, keepHouseIn } = await asked();
  await raise('PlayStarted');
  await raise('CallDisconnected');
  const listed = async () => (await ledger.index.listOpen(10, undefined)).items.length;
  await keepHouseIn(30);
  expect(await listed()).toBe(1);
  await keepHouseIn(120);
  expect(notifier.sent).toHaveLength(3);
  for (const minutes of [20, 21]) {
    await keepHouseIn(minutes * 60);
  }
  expect(await listed()).toBe(0);
});

test.each([
  ['with a URL of its own', { notifyUrl }],
  ['with a webhook', {}],
])('an operation %s whose process died fails with its call, and is published once', async (_, input) => {
  const { ledger, notifier, callId, raise, keepHouseIn, call } = await asked();
  const write = () => Promise.reject(new Error('the process is gone'));
  const dying = { ...ledger, calls: { ...ledger.calls, write } };
  const operation: Operation = { ...(cancelAllMediaOperations as Operation), send: async () => ({}) };
  const operationId = randomUUID();
  const performing = perform(dying, { operation, targetId: callId, input, idempotencyKey: operationId });
  await expect(performing).rejects.toThrow('the process is gone');
  await raise('CallDisconnected');
  const notified = () => notifier.sent.filter(({ data }) => data.operationId === operationId);
  await keepHouseIn(30);
  expect(notified()).toEqual([]);
  for (const seconds of [120, 180, 1200, 1300]) {
    await keepHouseIn(seconds);
  }
  expect(notified()).toMatchObject([
    { type: 'Switchboard.OperationSettled', data: { name: operation.name, status: 'failed' } },
  ]);
  expect((await call())?.recentlySettled).toHaveProperty(operationId);
  expect((await ledger.index.listOpen(10, undefined)).items).toEqual([]);
});

test('an operation with a response is published once, and not again when its call is over', async () => {
  const { ledger, notifier, callId, raise, keepHouseIn } = await asked();
  const operation: Operation = { ...(cancelAllMediaOperations as Operation), send: async () => ({}) };
  const performed = await perform(ledger, { operation, targetId: callId, input: {} });
  await raise('CallDisconnected');
  for (const seconds of [120, 1200]) {
    await keepHouseIn(seconds);
  }
  const notified = notifier.sent.filter(({ data }) => data.operationId === performed.operation.operationId);
  expect(notified).toMatchObject([{ data: { status: 'succeeded' } }]);
});

test('an event of an operation that the call has dropped is published at once, by the origin in its intent', async () => {
  const settled = Object.fromEntries(Array.from({ length: 50 }, () => [randomUUID(), {}]));
  const { notifier, operationId, raise } = await asked({ recentlySettled: settled });
  const id = await raise('PlayCompleted');
  expect(notifier.sent).toMatchObject([{ id, data: { operationId, context: 'mine' } }]);
  await raise('PlayCompleted', randomUUID());
  expect(notifier.sent).toHaveLength(1);
});
