/**
 * What takes an operation back: while it is open, and once it succeeded. An operation that is not here is waited for, and
 * stays done.
 */
import type { OperationRequest, StepRecord } from './state.ts';

interface Inverse {
  /** Stops it while it is open. */
  readonly open?: (step: StepRecord) => OperationRequest | undefined;
  /** Undoes it. */
  readonly done?: (step: StepRecord) => OperationRequest | undefined;
}

/** An operation on the call of the step; the member of its input that says whom or what it is about goes along. */
const onCall =
  (operation: string, member?: string, as: string = String(member)) =>
  (step: StepRecord): OperationRequest => ({
    operation,
    input: {
      ...(step.callId !== undefined && { callId: step.callId }),
      ...(member !== undefined && { [as]: step.request?.input[member] }),
    },
  });

/** An operation that names what ACS answered to the one it takes back. */
const onResult =
  (operation: string, member: string) =>
  (step: StepRecord): OperationRequest | undefined => {
    const named = step.result?.[member];
    const onSameCall = operation === 'stopRecording' ? {} : { callId: step.callId };
    return named === undefined ? undefined : { operation, input: { ...onSameCall, [member]: named } };
  };

const hangUp = (step: StepRecord): OperationRequest => ({
  operation: 'hangUp',
  input: { callId: step.callId, forEveryone: true },
});

/** ACS cancels the media of a call all at once. */
const cancelMedia = onCall('cancelAllMediaOperations');

export const inverses: Readonly<Record<string, Inverse>> = {
  createCall: { open: hangUp, done: hangUp },
  answerCall: { open: hangUp, done: hangUp },
  // A call that was there before us goes on without us.
  connectCall: { open: onCall('hangUp'), done: onCall('hangUp') },
  addParticipant: {
    open: onResult('cancelAddParticipant', 'invitationId'),
    done: onCall('removeParticipant', 'target', 'participant'),
  },
  play: { open: cancelMedia },
  recognize: { open: cancelMedia },
  hold: { done: onCall('unhold', 'participant') },
  startContinuousDtmfRecognition: { done: onCall('stopContinuousDtmfRecognition', 'participant') },
  startMediaStreaming: { done: onCall('stopMediaStreaming') },
  startTranscription: { done: onCall('stopTranscription') },
  startRecording: { done: onResult('stopRecording', 'recordingId') },
};

/** The operations that take others back, once those succeeded. */
const undoing: readonly string[] = [
  'hangUp',
  'removeParticipant',
  'unhold',
  'stopContinuousDtmfRecognition',
  'stopMediaStreaming',
  'stopTranscription',
  'stopRecording',
];

/** Whether the input of an operation is still needed once ACS was asked. */
export function keepsInput(operation: string): boolean {
  return Object.hasOwn(inverses, operation) || undoing.includes(operation);
}

/** Whether one of the steps did what an operation would do that takes another back. */
export function isTakenBack(
  inverse: OperationRequest,
  steps: readonly StepRecord[],
  callId: string | undefined,
): boolean {
  const wanted = subjectOf(inverse, callId);
  return steps.some(
    (step) => step.status === 'succeeded' && step.request && subjectOf(step.request, step.callId) === wanted,
  );
}

/** Whether an operation would take back what was taken back already, whenever it was done last. */
export function isNeedless(asked: OperationRequest, steps: readonly StepRecord[], callId: string | undefined): boolean {
  const wanted = subjectOf(asked, callId);
  const done = steps.findLastIndex((step) => {
    const inverse = step.status === 'succeeded' ? inverses[step.do]?.done?.(step) : undefined;
    return inverse && subjectOf(inverse, step.callId) === wanted;
  });
  return undoing.includes(asked.operation) && isTakenBack(asked, steps.slice(done + 1), callId);
}

/** What an operation that takes another back is about. A recording needs no call to name it. */
function subjectOf({ operation, input }: OperationRequest, callId: string | undefined): string {
  const { participant, recordingId } = input;
  return JSON.stringify([operation, participant, recordingId ?? input.callId ?? callId]);
}
