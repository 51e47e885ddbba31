/** The recording that a request acts on: found by its id alone, through the index that knows its call. */
import { statusOf } from '../../calls/recording/recording-record.ts';
import { whyNotStart, whyNotStep } from '../../calls/recording/recording-steps.ts';
import { AppError } from '../../errors.ts';
import type { Operation, TargetRecording } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger, RecordingLookup } from '../ledger.ts';

/** The call of a recording. Throws the 404 of a recording that nobody knows, and the 410 of one that was deleted. */
export async function readCallOf(ledger: RecordingLookup, recordingId: string): Promise<Stored> {
  const callId = ledger.recordingCalls.get(recordingId) ?? (await ledger.recordingIndex.callOf(recordingId));
  const stored = callId === undefined ? undefined : await ledger.calls.readCall(callId);
  const recording = stored?.record.recordings[recordingId];
  if (!stored || !recording) {
    throw new AppError('recordingNotFound', 'No recording has this id.');
  }
  ledger.recordingCalls.add(recordingId, callId);
  if (statusOf(recording, stored.record.endedAt) === 'deleted') {
    throw new AppError('recordingDeleted', 'The recording was deleted; nothing is left of it.');
  }
  return stored;
}

/** Throws the 409 of a step that is out of place, before ACS is asked. */
export function checkRecording({ recordingStep: step }: Operation, { record }: Stored, targetId: string): void {
  const recording = record.recordings[targetId];
  const refusal =
    step === 'start' ? whyNotStart(record) : step && recording && whyNotStep(step, recording, record.endedAt);
  if (refusal) {
    const { code, message, ...details } = refusal;
    throw new AppError(code, message, details);
  }
}

/** What the operation is given of it; nothing to act on for an operation whose target is no recording. */
export function targetRecording(
  ledger: Pick<Ledger, 'eraseRecording'>,
  { record }: Stored,
  targetId: string | undefined,
): TargetRecording {
  const recording = record.recordings[targetId ?? ''];
  return {
    acsRecordingId: recording?.acsRecordingId ?? '',
    erase: async () => recording && ledger.eraseRecording(recording),
  };
}

/**
 * Makes the recordings known that a change adds to a call. Before the change is written: a row that nothing came of is
 * harmless, a recording that its file event cannot find would be lost.
 */
export async function indexRecordings(
  ledger: Pick<Ledger, 'recordingCalls' | 'recordingIndex'>,
  before: Stored['record'],
  after: Stored['record'],
): Promise<void> {
  for (const [recordingId, { createdAt }] of Object.entries(after.recordings)) {
    if (before.recordings[recordingId] === undefined) {
      await ledger.recordingIndex.add({ recordingId, callId: after.callId, createdAt });
      ledger.recordingCalls.add(recordingId, after.callId);
    }
  }
}
