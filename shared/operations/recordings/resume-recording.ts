/** resumeRecording: continue a paused recording. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const resumeRecording = defineOperation({
  name: 'resumeRecording',
  summary: 'Resume a recording that is paused',
  method: 'POST',
  path: 'recordings/{recordingId}/resume',
  target: 'recording',
  input: operationInput({}),
  example: {},
  settles: { by: 'response' },
  onRetry: 'judgedAnew',
  undo: 'none',
  // A recording ends with its call.
  skippedAfterCallEnd: true,
  recordingStep: 'resume',

  async send({ acs, recording }) {
    await acs.getCallRecording().resume(recording.acsRecordingId);
    return {};
  },
});
