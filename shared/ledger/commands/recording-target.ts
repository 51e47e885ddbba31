/** Finds the recording that a command acts on, by its id alone, through the index of recordings. */
import { readRecordingState } from '../../acs/wire/reading.ts';
import { type RecordingRecord, statusOf } from '../../calls/recording/recording-record.ts';
import { mayStillRun, whyNotStart, whyNotStep } from '../../calls/recording/recording-steps.ts';
import { AppError } from '../../errors.ts';
import type { Operation, TargetRecording } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import type { AcsReader, Ledger, RecordingLookup } from '../ledger.ts';

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

/**
 * Throws the 409 of a step that the recording's status does not allow, before ACS is asked for the step. A status that only
 * events imply refuses nothing that ACS would allow: its state of the recording is read first.
 */
export async function checkRecording(
  ledger: AcsReader,
  { recordingStep: step }: Operation,
  { record }: Stored,
  targetId: string,
): Promise<void> {
  const recording = record.recordings[targetId];
  const refusal =
    step === 'start' ? whyNotStart(record) : step && recording && whyNotStep(step, recording, record.endedAt);
  if (!refusal) {
    return;
  }
  const isAtAcs = recording && step !== 'delete' && mayStillRun(recording, record.endedAt);
  if (isAtAcs && (await runsAtAcs(ledger, recording.acsRecordingId))) {
    return;
  }
  const { code, message, ...details } = refusal;
  throw new AppError(code, message, details);
}

/** Whether ACS records or pauses. Throws the 502 of an ACS that does not answer. */
async function runsAtAcs({ acs, acsTimeoutSeconds }: AcsReader, acsRecordingId: string): Promise<boolean> {
  const state = await readRecordingState(acs, acsRecordingId, AbortSignal.timeout(acsTimeoutSeconds * 1000));
  if (state === undefined) {
    throw new AppError('acsUnreachable', 'ACS did not report the state of the recording. Retry the request.');
  }
  return state !== 'gone';
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
 * Indexes the recordings that a change adds to a call, or that it shows to run after all, before the change is written: a row without a recording is harmless, a
 * recording that its file event cannot find would be lost.
 */
export async function indexRecordings(
  ledger: Pick<Ledger, 'recordingCalls' | 'recordingIndex'>,
  before: Stored['record'],
  after: Stored['record'],
): Promise<void> {
  for (const [recordingId, recording] of Object.entries(after.recordings)) {
    const known = before.recordings[recordingId];
    const { createdAt } = recording;
    if (known === undefined || (hasEnded(known, before) && !hasEnded(recording, after))) {
      await ledger.recordingIndex.add({ recordingId, callId: after.callId, createdAt });
      ledger.recordingCalls.add(recordingId, after.callId);
    }
  }
}

/** Whether the index of open recordings need not have it. */
function hasEnded(recording: RecordingRecord, { endedAt }: Stored['record']): boolean {
  return ['archived', 'failed', 'deleted'].includes(statusOf(recording, endedAt));
}
