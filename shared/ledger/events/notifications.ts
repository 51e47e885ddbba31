/** What there is to tell of a change of a call. */
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { maskedEvent, maskedResult } from '../../calls/masking.ts';
import type { Settled } from '../../calls/operation-life/settlement.ts';
import type { Origin } from '../../calls/origin.ts';
import { toRecording } from '../../calls/recording/recording.ts';
import { operationSettled, recordingEnded, relayed } from '../../webhooks/cloud-event.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';

/** An event of ACS, for the webhooks and for the operation that it names. */
export function eventNotification(callId: string, event: RawEvent, origin: Origin): Notification {
  return { event: relayed(callId, maskedEvent(event, origin), origin), notifyUrl: origin.notifyUrl };
}

/** An operation that settled. */
export function settledNotification(callId: string, settled: Settled, origin: Origin = {}): Notification {
  const { result, ...outcome } = settled.outcome;
  const told = { ...settled, outcome: { ...outcome, ...(result && { result: maskedResult(result, origin) }) } };
  return { event: operationSettled(callId, told, origin), notifyUrl: origin.notifyUrl };
}

/** Operations that settled and were open before. */
export function settledNotifications(before: CallRecord, settled: readonly Settled[]): Notification[] {
  return settled.map((one) => settledNotification(before.callId, one, before.open[one.operationId]?.origin));
}

/** Recordings that came to their end: their files are in the archive, or will not be there. */
export function recordingNotifications(before: CallRecord, after: CallRecord, now: string): Notification[] {
  return Object.keys(after.recordings).flatMap((recordingId) => {
    const recording = toRecording(after, recordingId);
    const hasEnded = recording?.status === 'archived' || recording?.status === 'failed';
    const isNews = hasEnded && toRecording(before, recordingId)?.status !== recording.status;
    return isNews ? [{ event: recordingEnded(recording, now) }] : [];
  });
}

/** The sequences that a change of a call concerns: an operation of theirs settled, they waited for the event, the call ended. */
export function sequencesToWake(before: CallRecord, after: CallRecord, settled: readonly Settled[]): readonly string[] {
  const owners = settled.flatMap(({ operationId }) => before.open[operationId]?.origin?.sequenceId ?? []);
  const isOver = hasEnded(after) && !hasEnded(before);
  const watchers = Object.entries(after.watchers ?? {})
    .filter(([id, { received: heard }]) => isOver || heard !== before.watchers?.[id]?.received)
    .map(([id]) => id);
  return [...new Set([...owners, ...watchers])];
}
