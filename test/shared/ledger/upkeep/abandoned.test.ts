/** Events of operations whose answer never came, and of operations that a call does not remember. */
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
import { aToldNotifier } from '../a-receiver.ts';

const origin = { context: 'mine', notifyUrl: 'https://example.com/' };

/** A connected call, and an operation of it that was asked for; its answer is not written. */
async function asked(over: Partial<CallRecord> = {}, intent: Partial<Intent> = {}) {
  const notifier = aToldNotifier();
  const ledger = aLedger({ notifier });
  const callId = randomUUID();
  const record = aCall({ status: 'connected', callConnectionId: 'cc', ...over, callId });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  await ledger.index.add(record);
  const operation = anIntent({ callId, name: 'play', ...origin, ...intent });
  await ledger.calls.claim(operation);
  const tell = async (kind: string, operationContext = operation.operationId) => {
    const time = new Date().toISOString();
    const event = { id: randomUUID(), type: `Microsoft.Communication.${kind}`, time, data: { operationContext } };
    await receiveCallback(ledger, callId, [event]);
    return event.id;
  };
  const keepHouseIn = (seconds: number) =>
    runCallHousekeeping({ ...ledger, now: () => new Date(Date.now() + seconds * 1000).toISOString() }, false);
  const call = async () => (await ledger.calls.readCall(callId))?.record;
  return { ledger, notifier, callId, operationId: operation.operationId, tell, keepHouseIn, call };
}

test('the events of an operation that was never answered are told by housekeeping, and settle it', async () => {
  const { ledger, notifier, callId, operationId, tell, keepHouseIn, call } = await asked();
  const events = [await tell('PlayStarted'), await tell('PlayCompleted')];
  expect(notifier.told).toEqual([]);
  await keepHouseIn(30);
  expect(notifier.told).toEqual([]);
  await keepHouseIn(120);
  expect(notifier.told.map(({ id }) => id)).toEqual([...events, `${operationId}-succeeded`]);
  expect(notifier.told.every(({ data }) => data.context === 'mine' && data.operationId === operationId)).toBe(true);
  expect(await ledger.calls.readProgress(callId, operationId)).toMatchObject({
    status: 'succeeded',
    settledBy: 'event',
  });
  expect(await call()).toMatchObject({ buffered: {}, open: {}, recentlySettled: { [operationId]: origin } });
});

test('an operation that was never answered and whose events tell no outcome goes on as an open one', async () => {
  const { notifier, operationId, tell, keepHouseIn, call } = await asked();
  await tell('PlayStarted');
  await keepHouseIn(120);
  expect(await call()).toMatchObject({
    buffered: {},
    open: { [operationId]: { name: 'play', life: { state: 'unconfirmed' }, origin } },
  });
  await tell('PlayCompleted');
  expect(notifier.told.map(({ type }) => type.replace(/.*\./, ''))).toEqual([
    'PlayStarted',
    'PlayCompleted',
    'OperationSettled',
  ]);
});

test('the events of an operation that nobody here asked for are told, and then forgotten', async () => {
  const { notifier, tell, keepHouseIn, call } = await asked();
  const id = await tell('PlayCompleted', 'of another app');
  await keepHouseIn(120);
  expect(notifier.told).toMatchObject([{ id, data: { operationId: 'of another app' } }]);
  expect(notifier.told[0]?.data).not.toHaveProperty('context');
  expect((await call())?.buffered).toEqual({});
});

test('an outcome of an operation that was answered long ago is not kept as one that came early', async () => {
  const { ledger, callId, operationId, tell, keepHouseIn, call } = await asked();
  const stored = await ledger.calls.readCall(callId);
  const settled = { status: 'failed', settledBy: 'deadline' } as const;
  await ledger.calls.write({ call: stored ?? { record: aCall(), etag: '' }, progress: [operationId, settled] });
  await tell('PlayCompleted');
  expect(Object.keys((await call())?.buffered ?? {})).toEqual([operationId]);
  await keepHouseIn(120);
  expect((await call())?.buffered).toEqual({});
  expect(await ledger.calls.readProgress(callId, operationId)).toEqual(settled);
});

test('a call that is over and was put away keeps nothing of an operation that an event names later', async () => {
  const { ledger, callId, operationId, tell, keepHouseIn, call } = await asked();
  const stored = await ledger.calls.readCall(callId);
  const settled = { status: 'failed', settledBy: 'deadline' } as const;
  await ledger.calls.write({ call: stored ?? { record: aCall(), etag: '' }, progress: [operationId, settled] });
  await tell('CallDisconnected');
  const listed = async () => (await ledger.index.list('open', 10, undefined)).items.length;
  await keepHouseIn(120);
  await keepHouseIn(1200);
  expect(await listed()).toBe(0);
  await tell('PlayCompleted');
  expect(Object.keys((await call())?.buffered ?? {})).toEqual([operationId]);
  expect(await listed()).toBe(1);
  await keepHouseIn(120);
  expect((await call())?.buffered).toEqual({});
  for (const seconds of [1200, 1300]) {
    await keepHouseIn(seconds);
  }
  expect(await listed()).toBe(0);
});

test('a call that is over stays on the list of housekeeping until such events have been told', async () => {
  const { ledger, notifier, tell, keepHouseIn } = await asked();
  await tell('PlayStarted');
  await tell('CallDisconnected');
  const listed = async () => (await ledger.index.list('open', 10, undefined)).items.length;
  await keepHouseIn(30);
  expect(await listed()).toBe(1);
  await keepHouseIn(120);
  expect(notifier.told).toHaveLength(3);
  for (const minutes of [20, 21]) {
    await keepHouseIn(minutes * 60);
  }
  expect(await listed()).toBe(0);
});

test.each([
  ['with a URL of its own', { notifyUrl: 'https://example.com/' }],
  ['of which a webhook is told', {}],
])('an operation %s that died unheard fails with its call, and that is told once', async (_, input) => {
  const { ledger, notifier, callId, tell, keepHouseIn, call } = await asked();
  const write = () => Promise.reject(new Error('the process is gone'));
  const dying = { ...ledger, calls: { ...ledger.calls, write } };
  const operation: Operation = { ...(cancelAllMediaOperations as Operation), send: async () => ({}) };
  const operationId = randomUUID();
  const performing = perform(dying, { operation, targetId: callId, input, idempotencyKey: operationId });
  await expect(performing).rejects.toThrow('the process is gone');
  await tell('CallDisconnected');
  const told = () => notifier.told.filter(({ data }) => data.operationId === operationId);
  await keepHouseIn(30);
  expect(told()).toEqual([]);
  for (const seconds of [120, 180, 1200, 1300]) {
    await keepHouseIn(seconds);
  }
  expect(told()).toMatchObject([
    { type: 'Switchboard.OperationSettled', data: { name: operation.name, status: 'failed' } },
  ]);
  expect((await call())?.recentlySettled).toHaveProperty(operationId);
  expect((await ledger.index.list('open', 10, undefined)).items).toEqual([]);
});

test('an operation that was answered is told when it was, and not again when its call is over', async () => {
  const { ledger, notifier, callId, tell, keepHouseIn } = await asked();
  const operation: Operation = { ...(cancelAllMediaOperations as Operation), send: async () => ({}) };
  const performed = await perform(ledger, { operation, targetId: callId, input: {} });
  await tell('CallDisconnected');
  for (const seconds of [120, 1200]) {
    await keepHouseIn(seconds);
  }
  const told = notifier.told.filter(({ data }) => data.operationId === performed.operation.operationId);
  expect(told).toMatchObject([{ data: { status: 'succeeded' } }]);
});

test('an event of an operation that the call has forgotten is told at once, as its intent says whose it is', async () => {
  const closed = Object.fromEntries(Array.from({ length: 50 }, () => [randomUUID(), {}]));
  const { notifier, operationId, tell } = await asked({ recentlySettled: closed });
  const id = await tell('PlayCompleted');
  expect(notifier.told).toMatchObject([{ id, data: { operationId, context: 'mine' } }]);
  await tell('PlayCompleted', randomUUID());
  expect(notifier.told).toHaveLength(1);
});
