/** What there is to tell of a change of a call. */
import { type CallRecord, hasEnded } from '../calls/call.ts';
import type { RawEvent } from '../calls/event.ts';
import { maskedEvent, maskedResult } from '../calls/masking.ts';
import type { Origin } from '../calls/origin.ts';
import { toRecording } from '../calls/recording.ts';
import type { Settled } from '../calls/settlement.ts';
import { operationSettled, recordingEnded, relayed } from '../webhooks/cloud-event.ts';
import type { News } from '../webhooks/letter.ts';

/** An event of ACS, for the webhooks and for the operation that it names. */
export function eventNews(callId: string, event: RawEvent, origin: Origin): News {
  return { event: relayed(callId, maskedEvent(event, origin), origin), notifyUrl: origin.notifyUrl };
}

/** An operation that settled. */
export function settledNews(callId: string, settled: Settled, origin: Origin = {}): News {
  const { result, ...outcome } = settled.outcome;
  const told = { ...settled, outcome: { ...outcome, ...(result && { result: maskedResult(result, origin) }) } };
  return { event: operationSettled(callId, told, origin), notifyUrl: origin.notifyUrl };
}

/** Operations that settled and were open before. */
export function newsOfSettled(before: CallRecord, settled: readonly Settled[]): News[] {
  return settled.map((one) => settledNews(before.callId, one, before.open[one.operationId]?.origin));
}

/** Recordings that came to their end: their files are in the archive, or will not be there. */
export function newsOfRecordings(before: CallRecord, after: CallRecord, now: string): News[] {
  return Object.keys(after.recordings).flatMap((recordingId) => {
    const recording = toRecording(after, recordingId);
    const hasEnded = recording?.status === 'archived' || recording?.status === 'failed';
    const isNews = hasEnded && toRecording(before, recordingId)?.status !== recording.status;
    return isNews ? [{ event: recordingEnded(recording, now) }] : [];
  });
}

/** The sequences that a change of a call concerns: an operation of theirs settled, they waited for the event, the call ended. */
export function concerned(before: CallRecord, after: CallRecord, settled: readonly Settled[]): readonly string[] {
  const owners = settled.flatMap(({ operationId }) => before.open[operationId]?.origin?.sequenceId ?? []);
  const isOver = hasEnded(after) && !hasEnded(before);
  const watchers = Object.entries(after.watchers ?? {})
    .filter(([id, { heard }]) => isOver || heard !== before.watchers?.[id]?.heard)
    .map(([id]) => id);
  return [...new Set([...owners, ...watchers])];
}
