/**
 * Receives the events that Event Grid raises of whole calls. One of a call of Switchboard's is recorded in its timeline and
 * notified with it; any other is notified without a call, so that a back end learns of calls that it may join.
 */
import { isOver } from '../../calls/call.ts';
import { type GridCallEvent, withGridIds } from '../../calls/grid-call-event.ts';
import { eventEntry } from '../../calls/timeline.ts';
import { refusingInvalid } from '../../refused-events.ts';
import type { Queue } from '../../storage/queues.ts';
import { gridRelayed } from '../../webhooks/cloud-event.ts';
import { changeCall } from '../change-call.ts';
import type { CallWriter, Ledger } from '../ledger.ts';
import { sendDeferred } from '../upkeep/send-deferred.ts';
import { type GridMessage, readGridCallEvent, toDelayedMessage } from './grid-call-event.ts';

/** How long an event without a call waits for one, which may not be stored yet (not documented: chosen here). */
const unboundWaitSeconds = 5;

/** What receiving these events needs: also their queue, on which one may wait. */
export interface GridCallReceiver {
  readonly ledger: Ledger;
  readonly callEvents: Queue<GridMessage>;
}

/**
 * Stores and publishes an event. A redelivery of one that is stored changes nothing; one without a call is published again,
 * under the same id. Throws when storage is unavailable, so that it is delivered again.
 */
export async function receiveGridCallEvent(
  { ledger, callEvents }: GridCallReceiver,
  event: GridCallEvent,
): Promise<void> {
  const callId = await boundCall(ledger, event);
  if (callId === undefined && Date.parse(ledger.now()) - Date.parse(event.at) < unboundWaitSeconds * 1000) {
    await callEvents.send(toDelayedMessage(event), unboundWaitSeconds);
    return;
  }
  const notification = { event: gridRelayed(event, callId) };
  ledger.log.gridCallEventReceived({ event: event.kind, eventId: event.id, ...(callId !== undefined && { callId }) });
  if (callId === undefined) {
    await ledger.notifier.send(await ledger.notifier.address([notification]));
    return;
  }
  const call = await changeCall(ledger, callId, (one) => withGridIds(one, event), {
    event: eventEntry(event),
    notifications: [notification],
  });
  await sendDeferred(ledger, call);
}

/** Receives an event that Event Grid pushes; one in no valid form or of another resource than `topic` is refused. */
export function receivePushedGridCallEvent(
  receiver: GridCallReceiver,
  event: { readonly id: string; readonly eventType: string },
  topic: string | undefined,
): Promise<void> {
  return refusingInvalid(receiver.ledger.log, { event: 'CallEvent', eventId: event.id }, () =>
    receiveGridCallEvent(receiver, readGridCallEvent(event, topic)),
  );
}

/**
 * The call that an event is about: two storage transactions, and one more for each leg where the app has several in the call
 * at ACS. Of these it is the oldest that exists or still rings, so that each event of that call finds the same.
 */
async function boundCall(
  { calls, index }: Pick<CallWriter, 'calls' | 'index'>,
  { correlationId, serverCallId }: GridCallEvent,
): Promise<string | undefined> {
  const found = await Promise.all([
    index.callsOf('correlationId', correlationId),
    index.callsOf('serverCallId', serverCallId),
  ]);
  const oldestFirst = found.flat().toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  const [only, ...others] = new Set(oldestFirst.map(({ callId }) => callId));
  if (only === undefined || others.length === 0) {
    return only;
  }
  for (const callId of [only, ...others]) {
    const stored = await calls.readCall(callId);
    if (stored && !(stored.record.status === 'ringing' && isOver(stored.record))) {
      return callId;
    }
  }
  return only;
}
