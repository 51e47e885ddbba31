/** Messages that a crash or an unavailable queue leaves in the outbox of a call are sent later, at worst once more. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';
import { aRecordingNotifier } from '../a-receiver.ts';

const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A call with a subscriber; `at` is a ledger at another time. */
async function aWatchedCall(over: Partial<CallRecord> = {}) {
  const notifier = aRecordingNotifier();
  const ledger = aLedger({ notifier });
  const callId = randomUUID();
  const record = aCall({ status: 'connected', callConnectionId: 'cc', ...over, callId });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  await ledger.index.add(record);
  const at = (seconds: number) => ({ ...ledger, now: () => later(seconds) });
  const listed = async () => (await ledger.index.listOpen(10, undefined)).items.length;
  return { ledger, notifier, callId, at, listed };
}

const anEvent = (kind: string, data: object = {}) => ({
  id: randomUUID(),
  type: `Microsoft.Communication.${kind}`,
  time: new Date().toISOString(),
  data,
});

test('an event is applied while the queue is unavailable, and published by housekeeping afterwards', async () => {
  const { ledger, notifier, callId, at } = await aWatchedCall();
  notifier.isDown = true;
  const event = anEvent('PlayStarted');
  await receiveCallback(ledger, callId, [event]);
  expect((await ledger.calls.readTimeline(callId, 9, undefined)).items).toHaveLength(1);
  await runCallHousekeeping(at(120), false);
  expect(await ledger.calls.readOutbox(callId)).toHaveLength(1);
  notifier.isDown = false;
  await runCallHousekeeping(at(30), false);
  expect(notifier.sent).toEqual([]);
  await runCallHousekeeping(at(120), false);
  expect(notifier.sent).toMatchObject([{ id: event.id, type: event.type, data: { callId } }]);
  expect(await ledger.calls.readOutbox(callId)).toEqual([]);
  await runCallHousekeeping(at(240), false);
  expect(notifier.sent).toHaveLength(1);
});

test('a message that was sent leaves the outbox at once', async () => {
  const { ledger, notifier, callId } = await aWatchedCall();
  await receiveCallback(ledger, callId, [anEvent('PlayStarted'), anEvent('PlayCompleted')]);
  expect(notifier.sent).toHaveLength(2);
  expect(await ledger.calls.readOutbox(callId)).toEqual([]);
});

test('a call that is over stays on the list until its outbox is empty and no message can be on its way into it', async () => {
  const { ledger, notifier, callId, at, listed } = await aWatchedCall();
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
  expect(notifier.sent.at(-1)?.id).toBe(late.id);
  await runCallHousekeeping(at(3600), false);
  expect(await listed()).toBe(0);
});

test('a failure that is no Error keeps its messages like any other', async () => {
  const { ledger, notifier, callId } = await aWatchedCall();
  const send = () => Promise.reject('text');
  await receiveCallback({ ...ledger, notifier: { ...notifier, send } }, callId, [anEvent('PlayStarted')]);
  expect(await ledger.calls.readOutbox(callId)).toHaveLength(1);
});
