/** The notifications that a change of a call causes, and the sequences that it wakes. */
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { maskedEvent, maskedResult } from '../../calls/masking.ts';
import type { Settled } from '../../calls/operation-life/advance.ts';
import type { Origin } from '../../calls/origin.ts';
import { departed } from '../../calls/presence.ts';
import { toRecording } from '../../calls/recording/recording.ts';
import { operationSettled, recordingEnded, relayed } from '../../webhooks/cloud-event.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';

/** An event of ACS, for webhooks and for the `notifyUrl` of the operation that it names. */
export function eventNotification(callId: string, event: RawEvent, origin: Origin): Notification {
  return { event: relayed(callId, maskedEvent(event, origin), origin), notifyUrl: origin.notifyUrl };
}

/** An operation that settled. */
export function settledNotification(callId: string, settled: Settled, origin: Origin = {}): Notification {
  const { result, ...outcome } = settled.outcome;
  const shown = { ...settled, outcome: { ...outcome, ...(result && { result: maskedResult(result, origin) }) } };
  return { event: operationSettled(callId, shown, origin), notifyUrl: origin.notifyUrl };
}

/** Operations that settled and were open before. */
export function settledNotifications(before: CallRecord, settled: readonly Settled[]): Notification[] {
  return settled.map((one) => settledNotification(before.callId, one, before.open[one.operationId]?.origin));
}

/** Recordings that ended: their files are in the archive, also those that ACS reported later, or will not be there. */
export function recordingNotifications(before: CallRecord, after: CallRecord, now: string): Notification[] {
  return Object.keys(after.recordings).flatMap((recordingId) => {
    const [known, recording] = [toRecording(before, recordingId), toRecording(after, recordingId)];
    const hasEnded = recording?.status === 'archived' || recording?.status === 'failed';
    const isKnown = hasEnded && known?.status === recording.status;
    const isMore = isKnown && known.files.length < recording.files.length;
    const { notifyUrl } = after.recordings[recordingId]?.origin ?? {};
    return hasEnded && (!isKnown || isMore) ? [{ event: recordingEnded(recording, now, isMore), notifyUrl }] : [];
  });
}

/**
 * The sequences that a change of a call wakes: an operation of theirs settled, they received an event, a participant left or
 * the call ended.
 */
export function sequencesToWake(before: CallRecord, after: CallRecord, settled: readonly Settled[]): readonly string[] {
  const owners = settled.flatMap(({ operationId }) => {
    const { sequenceId, digitsSequenceId } = before.open[operationId]?.origin ?? {};
    return [sequenceId, digitsSequenceId].filter((one) => one !== undefined);
  });
  const isOver = hasEnded(after) && !hasEnded(before);
  const left = new Set(departed(before));
  const hasLost = departed(after).some((one) => !left.has(one));
  const watchers = Object.entries(after.watchers ?? {})
    .filter(([id, { received }]) => isOver || hasLost || received !== before.watchers?.[id]?.received)
    .map(([id]) => id);
  return [...new Set([...owners, ...watchers])];
}
