/** The life of a recording as data: which step leads from where to where, so that an illegal one is known before ACS is asked. */
import type { CallRecord } from '../call.ts';
import { lifeOf, type RecordingRecord, type RecordingStatus, statusOf } from './recording-record.ts';

type Call = Pick<CallRecord, 'endedAt' | 'recordings'>;

/** A step on a recording that is there: the statuses it may be taken in, where it leads, and its refusal by name. */
export const recordingSteps = {
  pause: { from: ['recording'], to: 'paused', otherwise: 'recordingNotRunning' },
  resume: { from: ['paused'], to: 'recording', otherwise: 'recordingNotPaused' },
  stop: { from: ['recording', 'paused'], to: 'stopped', otherwise: 'recordingNotRunning' },
  delete: { from: ['stopped', 'archived', 'failed'], to: 'deleted', otherwise: 'recordingNotStopped' },
} as const;

export type RecordingStep = keyof typeof recordingSteps;

/** Ours: they keep a call's record within what one row can hold. */
export const maxRecordingsPerCall = 50;
export const maxPausesPerRecording = 100;

/** Why a step is refused, by name. */
export interface StepRefusal {
  readonly code: (typeof recordingSteps)[RecordingStep]['otherwise'] | 'recordingRunning' | 'recordingLimit';
  readonly message: string;
  /** The operation that started the recording which stands in the way. */
  readonly blockingOperationId?: string;
}

/** Why no recording can be started in a call; undefined when one can, or when only ACS knows. */
export function whyNotStart({ recordings, endedAt }: Call): StepRefusal | undefined {
  const running = Object.entries(recordings).find(([, one]) => isRunning(one, endedAt) && !isDoubtful(one, endedAt));
  if (running) {
    const [recordingId, { operationId }] = running;
    return {
      code: 'recordingRunning',
      message: `A call has one recording at a time: stop ${recordingId} before you start another.`,
      ...(operationId !== undefined && { blockingOperationId: operationId }),
    };
  }
  return Object.keys(recordings).length < maxRecordingsPerCall
    ? undefined
    : { code: 'recordingLimit', message: `A call has at most ${maxRecordingsPerCall} recordings; pause one instead.` };
}

/** Why a step cannot be taken on a recording; undefined when it can, or when only ACS knows. */
export function whyNotStep(
  step: RecordingStep,
  recording: RecordingRecord,
  callEndedAt: string | undefined,
): StepRefusal | undefined {
  const { from, otherwise } = recordingSteps[step];
  const status = statusOf(recording, callEndedAt);
  const allowed: readonly RecordingStatus[] = from;
  const isUnknown = step !== 'delete' && isDoubtful(recording, callEndedAt);
  if (!allowed.includes(status) && !isUnknown) {
    return { code: otherwise, message: `To ${step} a recording it must be ${from.join(' or ')}; it is ${status}.` };
  }
  const pauses = recording.moves.filter(({ to }) => to === 'paused').length;
  return step === 'pause' && pauses >= maxPausesPerRecording
    ? { code: 'recordingLimit', message: `A recording is paused at most ${maxPausesPerRecording} times.` }
    : undefined;
}

/** Whether ACS records, or would go on when told. */
export function isRunning(recording: RecordingRecord, callEndedAt: string | undefined): boolean {
  return recordingSteps.stop.from.some((status) => status === statusOf(recording, callEndedAt));
}

/**
 * Whether ACS last told another state than the answers that we have: one of them was lost, so nothing is refused on
 * account of them. What ACS tells before a recording is first active (recorded: `inactive`) contradicts nothing.
 */
export function isDoubtful(recording: RecordingRecord, callEndedAt: string | undefined): boolean {
  const { activeAt, inactiveAt = '' } = recording;
  if (activeAt === undefined || !isRunning(recording, callEndedAt)) {
    return false;
  }
  const { at, to } = lifeOf(recording, callEndedAt).at(-1) ?? { at: '', to: 'recording' };
  return to === 'paused' ? activeAt > at : inactiveAt > activeAt && inactiveAt > at;
}
