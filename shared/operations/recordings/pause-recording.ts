/** pauseRecording: stop recording for a while. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const pauseRecording = defineOperation({
  name: 'pauseRecording',
  summary: 'Pause a recording: what is said until it is resumed is not recorded',
  method: 'POST',
  path: 'recordings/{recordingId}/pause',
  target: 'recording',
  input: operationInput({}),
  example: {},
  settles: { by: 'response' },
  onRetry: 'judgedAnew',
  undo: 'none',
  // A recording ends with its call.
  skippedAfterCallEnd: true,
  recordingStep: 'pause',

  async send({ acs, recording }) {
    await acs.getCallRecording().pause(recording.acsRecordingId);
    return {};
  },
});
