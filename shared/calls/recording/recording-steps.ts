/** The life of a recording as data: an illegal step is refused before any request to ACS. */
import type { CallRecord } from '../call.ts';
import { lifeOf, type RecordingRecord, type RecordingStatus, statusOf } from './recording-record.ts';

type Call = Pick<CallRecord, 'endedAt' | 'recordings'>;

/** The steps of a recording: the statuses that allow each, the status it leads to, and the code of its refusal. */
export const recordingSteps = {
  pause: { from: ['recording'], to: 'paused', otherwise: 'recordingNotRunning' },
  resume: { from: ['paused'], to: 'recording', otherwise: 'recordingNotPaused' },
  stop: { from: ['recording', 'paused'], to: 'stopped', otherwise: 'recordingNotRunning' },
  delete: { from: ['stopped', 'archived', 'failed'], to: 'deleted', otherwise: 'recordingNotStopped' },
} as const;

export type RecordingStep = keyof typeof recordingSteps;

/** Switchboard's limits: they keep a call's record within the size of a row. */
export const maxRecordingsPerCall = 50;
export const maxPausesPerRecording = 100;

/** Why a step is refused. */
export interface StepRefusal {
  readonly code: (typeof recordingSteps)[RecordingStep]['otherwise'] | 'recordingRunning' | 'recordingLimit';
  readonly message: string;
  /** The operation that started the recording that prevents this one. */
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

/** Whether the recording is active or paused. */
export function isRunning(recording: RecordingRecord, callEndedAt: string | undefined): boolean {
  return recordingSteps.stop.from.some((status) => status === statusOf(recording, callEndedAt));
}

/**
 * Whether events contradict the stored responses: ACS's last RecordingStateChanged does, so that a response was lost, or ACS
 * accepted a step after a file event or the end of the call. No step is refused because of such responses. The `inactive`
 * that ACS reports before a recording is first active (ACS-R17) contradicts nothing.
 */
export function isDoubtful(recording: RecordingRecord, callEndedAt: string | undefined): boolean {
  const { activeAt, inactiveAt = '', archiving } = recording;
  if (!isRunning(recording, callEndedAt)) {
    return false;
  }
  if (archiving !== undefined || callEndedAt !== undefined) {
    return true;
  }
  const { at, to } = lifeOf(recording, callEndedAt).at(-1) ?? { at: '', to: 'recording' };
  return activeAt !== undefined && (to === 'paused' ? activeAt > at : inactiveAt > activeAt && inactiveAt > at);
}

/**
 * Whether ACS must be asked before a step is refused because the recording is over: only an event, the end of the call or a
 * timeout shows that it is, and ACS accepted no stop.
 */
export function mayStillRun(recording: RecordingRecord, callEndedAt: string | undefined): boolean {
  const isOver = !isRunning(recording, callEndedAt);
  return isOver && recording.deletedAt === undefined && recording.moves.every(({ to }) => to !== 'stopped');
}
