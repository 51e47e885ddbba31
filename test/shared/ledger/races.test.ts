/** Write conflicts between instances that change one call at once. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { perform } from '../../../shared/ledger/commands/perform.ts';
import { receiveCallback } from '../../../shared/ledger/events/receive.ts';
import { openCallQueues } from '../../../shared/ledger/memory/call-queues.ts';
import { hangUp } from '../../../shared/operations/calls/hang-up.ts';
import { sendDtmfTones } from '../../../shared/operations/media/send-dtmf-tones.ts';
import type { Operation } from '../../../shared/operations/operation.ts';
import { type CallStore, openCalls } from '../../../shared/storage/calls.ts';
import { aCall } from '../calls/stories.ts';
import { aLedger, anIntent } from './a-ledger.ts';

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

test('an operation whose call is deleted while it runs says so', async () => {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connectionString = inject('storage');
  const ledger = aLedger({ calls: openCalls({ connectionString }, prefix) });
  const callId = randomUUID();
  await ledger.calls.claim(
    anIntent({ operationId: callId }),
    aCall({ callId, status: 'connected', callConnectionId: 'cc' }),
  );
  const rows = TableClient.fromConnectionString(connectionString, `${prefix}calls`, { allowInsecureConnection: true });
  const operation: Operation = {
    ...(hangUp as Operation),
    async send() {
      await rows.deleteEntity(callId, 'call');
      return {};
    },
  };
  const performed = perform(ledger, { operation, targetId: callId, input: {} });
  await expect(performed).rejects.toMatchObject({ code: 'callNotFound', details: { operationId: expect.any(String) } });
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
