/** Letters that a crash, or a queue that is away, leaves in the outbox of a call go out later, and once more at worst. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';
import { aToldNotifier } from '../a-receiver.ts';

const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A call whose events are told; `at` is a ledger at another time. */
async function aToldCall(over: Partial<CallRecord> = {}) {
  const notifier = aToldNotifier();
  const ledger = aLedger({ notifier });
  const callId = randomUUID();
  const record = aCall({ status: 'connected', callConnectionId: 'cc', ...over, callId });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  await ledger.index.add(record);
  const at = (seconds: number) => ({ ...ledger, now: () => later(seconds) });
  const listed = async () => (await ledger.index.list('open', 10, undefined)).items.length;
  return { ledger, notifier, callId, at, listed };
}

const anEvent = (kind: string, data: object = {}) => ({
  id: randomUUID(),
  type: `Microsoft.Communication.${kind}`,
  time: new Date().toISOString(),
  data,
});

test('an event is taken while the queue is away, and told by housekeeping when it is back', async () => {
  const { ledger, notifier, callId, at } = await aToldCall();
  notifier.isDown = true;
  const event = anEvent('PlayStarted');
  await receiveCallback(ledger, callId, [event]);
  expect((await ledger.calls.readTimeline(callId, 9, undefined)).items).toHaveLength(1);
  await runCallHousekeeping(at(120), false);
  expect(await ledger.calls.readOutbox(callId)).toHaveLength(1);
  notifier.isDown = false;
  await runCallHousekeeping(at(30), false);
  expect(notifier.told).toEqual([]);
  await runCallHousekeeping(at(120), false);
  expect(notifier.told).toMatchObject([{ id: event.id, type: event.type, data: { callId } }]);
  expect(await ledger.calls.readOutbox(callId)).toEqual([]);
  await runCallHousekeeping(at(240), false);
  expect(notifier.told).toHaveLength(1);
});

test('what a call told leaves its outbox at once', async () => {
  const { ledger, notifier, callId } = await aToldCall();
  await receiveCallback(ledger, callId, [anEvent('PlayStarted'), anEvent('PlayCompleted')]);
  expect(notifier.told).toHaveLength(2);
  expect(await ledger.calls.readOutbox(callId)).toEqual([]);
});

test('a call that is over is looked at until its outbox is empty and no letter can be on its way into it', async () => {
  const { ledger, notifier, callId, at, listed } = await aToldCall();
  await receiveCallback(ledger, callId, [anEvent('CallDisconnected')]);
  await runCallHousekeeping(at(60), false);
  expect(await listed()).toBe(1);
  await runCallHousekeeping(at(3600), false);
  expect(await listed()).toBe(0);
  notifier.isDown = true;
  const late = anEvent('CreateCallFailed');
  await receiveCallback(ledger, callId, [late]);
  expect(await listed()).toBe(1);
  await runCallHousekeeping(at(3600), false);
  expect(await listed()).toBe(1);
  notifier.isDown = false;
  await runCallHousekeeping(at(3600), false);
  expect(notifier.told.at(-1)?.id).toBe(late.id);
  await runCallHousekeeping(at(3600), false);
  expect(await listed()).toBe(0);
});

test('a failure that is no Error keeps its letters like any other', async () => {
  const { ledger, notifier, callId } = await aToldCall();
  const send = () => Promise.reject('text');
  await receiveCallback({ ...ledger, notifier: { ...notifier, send } }, callId, [anEvent('PlayStarted')]);
  expect(await ledger.calls.readOutbox(callId)).toHaveLength(1);
});
