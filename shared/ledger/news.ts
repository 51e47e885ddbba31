/** What there is to tell of a change of a call. */
import type { CallRecord } from '../calls/call.ts';
import type { RawEvent } from '../calls/event.ts';
import type { Origin } from '../calls/origin.ts';
import { toRecording } from '../calls/recording.ts';
import type { Settled } from '../calls/settlement.ts';
import { operationSettled, recordingEnded, relayed } from '../webhooks/cloud-event.ts';
import type { News } from '../webhooks/letter.ts';

/** An event of ACS, for the webhooks and for the operation that it names. */
export function eventNews(callId: string, event: RawEvent, origin: Origin): News {
  return { event: relayed(callId, event, origin), notifyUrl: origin.notifyUrl };
}

/** An operation that settled. */
export function settledNews(callId: string, settled: Settled, origin: Origin = {}): News {
  return { event: operationSettled(callId, settled, origin), notifyUrl: origin.notifyUrl };
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
