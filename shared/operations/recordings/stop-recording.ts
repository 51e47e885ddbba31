/** stopRecording: end a recording. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const stopRecording = defineOperation({
  name: 'stopRecording',
  summary: 'Stop a recording; its files are archived when ACS has them ready',
  method: 'POST',
  path: 'recordings/{recordingId}/stop',
  target: 'recording',
  input: operationInput({}),
  example: {},
  settles: { by: 'response' },
  onRetry: 'judgedAnew',
  undo: 'none',
  // A recording ends with its call.
  satisfiedBy: ['acsNotFound', 'callEnded', 'recordingNotRunning'],
  recordingStep: 'stop',

  async send({ acs, recording }) {
    await acs.getCallRecording().stop(recording.acsRecordingId);
    return {};
  },
});
