/** Write conflicts between instances that change one call at once. */
import { randomUUID } from 'node:crypto';
import { RestError } from '@azure/core-rest-pipeline';
import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import type { CallRecord } from '../../../shared/calls/call.ts';
import { perform } from '../../../shared/ledger/commands/perform.ts';
import { receiveCallback } from '../../../shared/ledger/events/receive.ts';
import { openCallQueues } from '../../../shared/ledger/memory/call-queues.ts';
import { answerCall } from '../../../shared/operations/calls/answer-call.ts';
import { hangUp } from '../../../shared/operations/calls/hang-up.ts';
import { sendDtmfTones } from '../../../shared/operations/media/send-dtmf-tones.ts';
import type { Operation } from '../../../shared/operations/operation.ts';
import type { CallStore } from '../../../shared/storage/calls.ts';
import { aCall } from '../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from './a-ledger.ts';

const input = { tones: ['one'], to: '+14255550123' };

const anEvent = (index: number) => ({
  id: `event-${index}`,
  type: 'Microsoft.Communication.ParticipantsUpdated',
  time: new Date(Date.UTC(2026, 0, 1, 12, 0, index)).toISOString(),
  data: { sequenceNumber: index, participants: [] },
});

test('events that arrive at several instances at once are all applied', async () => {
  const ledger = aLedger();
  const callId = randomUUID();
  await ledger.calls.claim(anIntent({ operationId: callId }), aCall({ callId }));
  const events = Array.from({ length: 6 }, (_, index) => anEvent(index));
  const instances = events.map((event) =>
    receiveCallback({ ...ledger, callQueues: openCallQueues() }, callId, [event]),
  );
  await Promise.all(instances);
  const { items } = await ledger.calls.readTimeline(callId, 50, undefined);
  expect(items.map(({ eventId }) => eventId)).toEqual(events.map(({ id }) => id));
  expect((await ledger.calls.readCall(callId))?.record.participantsOrder).toContain('event-5');
});

test('an event that is redelivered writes nothing', async () => {
  const ledger = aLedger();
  const callId = randomUUID();
  await ledger.calls.claim(anIntent({ operationId: callId }), aCall({ callId }));
  await receiveCallback(ledger, callId, [anEvent(1)]);
  const once = await ledger.calls.readCall(callId);
  await receiveCallback({ ...ledger, callQueues: openCallQueues() }, callId, [anEvent(1), anEvent(1)]);
  expect(await ledger.calls.readCall(callId)).toEqual(once);
});

/** A ledger with this call, and the removal of its row. */
async function aDoomedCall(over: Partial<CallRecord>) {
  const prefix = aPrefix();
  const connectionString = inject('storage');
  const ledger = aLedger({}, prefix);
  const callId = randomUUID();
  await ledger.calls.claim(anIntent({ operationId: callId }), aCall({ ...over, callId }));
  const rows = TableClient.fromConnectionString(connectionString, `${prefix}calls`, { allowInsecureConnection: true });
  return { ledger, callId, remove: () => rows.deleteEntity(callId, 'call') };
}

const callGone = { code: 'callNotFound', details: { operationId: expect.any(String) } };

test('an operation whose call is deleted while it runs says so', async () => {
  const { ledger, callId, remove } = await aDoomedCall({ status: 'connected', callConnectionId: 'cc' });
  const operation: Operation = {
    ...(hangUp as Operation),
    async send() {
      await remove();
      return {};
    },
  };
  await expect(perform(ledger, { operation, targetId: callId, input: {} })).rejects.toMatchObject(callGone);
});

test('a hang-up whose call is deleted before it is read at ACS is still sent, and says so', async () => {
  const { ledger, callId, remove } = await aDoomedCall({ status: 'connecting', callConnectionId: 'cc' });
  const claim = async (...given: Parameters<CallStore['claim']>) => {
    const claimed = await ledger.calls.claim(...given);
    await remove();
    return claimed;
  };
  const connections: string[] = [];
  const send: Operation['send'] = async ({ callConnectionId }) => {
    connections.push(callConnectionId);
    return {};
  };
  const operation: Operation = { ...(hangUp as Operation), send };
  const doomed = { ...ledger, calls: { ...ledger.calls, claim } };
  await expect(perform(doomed, { operation, targetId: callId, input: {} })).rejects.toMatchObject(callGone);
  expect(connections).toEqual(['cc']);
});

test('an answer that ACS refuses while its call is deleted says so', async () => {
  const parties = { from: '+14255550123', to: '+14255550100' };
  const receivedAt = new Date().toISOString();
  const incoming = { ...parties, context: 'context', status: 'ringing', receivedAt } as const;
  const { ledger, callId, remove } = await aDoomedCall({ direction: 'inbound', status: 'ringing', incoming });
  const operation: Operation = {
    ...(answerCall as Operation),
    async send() {
      await remove();
      throw new RestError('Call not found.', { statusCode: 404 });
    },
  };
  await expect(perform(ledger, { operation, targetId: callId, input: {} })).rejects.toMatchObject(callGone);
});

test('a response whose acknowledgement was lost is not written again over a later event', async () => {
  const ledger = aLedger();
  const callId = randomUUID();
  const call = aCall({ callId, status: 'connected', callConnectionId: 'cc' });
  await ledger.calls.claim(anIntent({ operationId: callId }), call);
  const operation: Operation = { ...(sendDtmfTones as Operation), send: async () => ({}) };
  const key = randomUUID();
  const settle = {
    id: randomUUID(),
    type: 'Microsoft.Communication.SendDtmfTonesCompleted',
    time: new Date().toISOString(),
    data: { operationContext: key },
  };
  // The SDK sends the write again and gets a conflict: with that very write, and with the event.
  const lossy: CallStore = {
    ...ledger.calls,
    async write(change) {
      await ledger.calls.write(change);
      await receiveCallback({ ...ledger, callQueues: openCallQueues() }, callId, [settle]);
      return 'changed';
    },
  };
  const performed = await perform(
    { ...ledger, calls: lossy },
    { operation, targetId: callId, input, idempotencyKey: key },
  );
  expect(performed.operation).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  expect((await ledger.calls.readCall(callId))?.record).toMatchObject({ open: {}, recentlySettled: { [key]: {} } });
});
