/** The timeline entries of a request: who asked for what, and that another process continued it. Pure. */
import type { CallRecord } from '../../calls/call.ts';
import { maskedInput } from '../../calls/masking.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { requesterOf } from '../../calls/origin.ts';
import { participantIdOf } from '../../calls/participant-id.ts';
import { requestedEntry, type TimelineEntry } from '../../calls/timeline.ts';
import type { Operation } from '../../operations/operation.ts';
import { shortInput } from '../../operations/short-input.ts';

/** The entries, of which the second is there after a takeover only. */
export function requestEntries(call: CallRecord, operation: Operation, intent: Intent): TimelineEntry[] {
  const { createdAt: at, takeoverAt, sequenceId, recordingId, step } = intent;
  const ids = {
    operationId: intent.operationId,
    operation: intent.name,
    ...(sequenceId !== undefined && { sequenceId }),
    ...(recordingId !== undefined && { recordingId }),
  };
  const input = shortInput(operation.input, maskedInput(intent.input, intent), (one) => participantIdOf(call, one));
  const why = 'its process ended before the response of ACS was stored';
  return [
    requestedEntry(ids, { at, requestedBy: requesterOf(intent), step, input }),
    ...(takeoverAt === undefined ? [] : [{ ...ids, at: takeoverAt, kind: 'takeover', why } as const]),
  ];
}
