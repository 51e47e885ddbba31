/** Which call an event of a whole call at ACS is of, where the app has had several legs in that call. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import { eventEntry } from '../../../../shared/calls/timeline.ts';
import { receiveGridCallEvent } from '../../../../shared/ledger/events/receive-grid-call-event.ts';
import { openCallIndex } from '../../../../shared/storage/call-index.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, aPrefix } from '../a-ledger.ts';
import { aRecordingNotifier } from '../a-receiver.ts';

const rang = (status: 'rejected' | 'redirected'): Partial<CallRecord> => {
  const parties = { from: '+14255550123', to: '+14255550100' };
  return { status: 'ringing', incoming: { ...parties, context: '', status, receivedAt: '2026-01-01T12:00:00.000Z' } };
};

/** The leg of which an event is notified, and those whose timeline has it, of legs that started a second after one another. */
async function boundLeg(legs: readonly Partial<CallRecord>[]) {
  const prefix = aPrefix();
  const notifier = aRecordingNotifier();
  const index = openCallIndex({ connectionString: inject('storage') }, prefix, true);
  const ledger = aLedger({ notifier, index }, prefix);
  const ids = { correlationId: randomUUID(), serverCallId: randomUUID() };
  const calls = legs.map((leg, second) => {
    const createdAt = `2026-01-01T12:00:0${second}.000Z`;
    return aCall({
      direction: 'inbound',
      ...ids,
      ...leg,
      callId: `${legs.length - second}-${randomUUID()}`,
      createdAt,
    });
  });
  for (const call of calls) {
    await ledger.calls.insertIncomingCall(
      call,
      [eventEntry({ id: 'e', at: call.createdAt, kind: 'IncomingCall' })],
      [],
    );
    await index.add(call);
  }
  const event = { id: randomUUID(), at: '2026-01-01T12:01:00.000Z', kind: 'CallEnded', ...ids, data: {} } as const;
  await receiveGridCallEvent({ ledger, callEvents: { send: async () => {} } }, event);
  const timelines = await Promise.all(calls.map(({ callId }) => ledger.calls.readTimeline(callId, 10, undefined)));
  return {
    notified: notifier.sent.map(({ data }) => calls.findIndex(({ callId }) => callId === data.callId)),
    recorded: timelines.flatMap(({ items }, leg) => (items.some(({ eventId }) => eventId === event.id) ? [leg] : [])),
  };
}

test.each([
  ['the oldest, where several exist', [{ status: 'connected' }, { status: 'connected' }, { status: 'connected' }], 0],
  ['the one that exists, where an older one only rang', [rang('redirected'), { status: 'connected' }], 1],
  ['the oldest, where each only rang', [rang('redirected'), rang('redirected'), rang('rejected')], 0],
] as const)('an event of several legs is of %s', async (_, legs, bound) => {
  expect(await boundLeg(legs)).toEqual({ notified: [bound], recorded: [bound] });
});
