/** Finds the recording that a command acts on, by its id alone, through the index of recordings. */
import { statusOf } from '../../calls/recording/recording-record.ts';
import { whyNotStart, whyNotStep } from '../../calls/recording/recording-steps.ts';
import { AppError } from '../../errors.ts';
import type { Operation, TargetRecording } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger, RecordingLookup } from '../ledger.ts';

/** The call of a recording. Throws the 404 of a recording that is not known, and the 410 of one that was deleted. */
export async function readCallOf(ledger: RecordingLookup, recordingId: string): Promise<Stored> {
  const callId = ledger.recordingCalls.get(recordingId) ?? (await ledger.recordingIndex.callOf(recordingId));
  const stored = callId === undefined ? undefined : await ledger.calls.readCall(callId);
  const recording = stored?.record.recordings[recordingId];
  if (!stored || !recording) {
    throw new AppError('recordingNotFound', 'No recording has this id.');
  }
  ledger.recordingCalls.add(recordingId, callId);
  if (statusOf(recording, stored.record.endedAt) === 'deleted') {
    throw new AppError('recordingDeleted', 'The recording was deleted.');
  }
  return stored;
}

/** Throws the 409 of a step that the recording's status does not allow, before ACS is asked. */
export function checkRecording({ recordingStep: step }: Operation, { record }: Stored, targetId: string): void {
  const recording = record.recordings[targetId];
  const refusal =
    step === 'start' ? whyNotStart(record) : step && recording && whyNotStep(step, recording, record.endedAt);
  if (refusal) {
    const { code, message, ...details } = refusal;
    throw new AppError(code, message, details);
  }
}

/** The recording as its operation gets it; empty for an operation whose target is no recording. */
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
 * Indexes the recordings that a change adds to a call, before the change is written: a row without a recording is harmless, a
 * recording that its file event cannot find would be lost.
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
