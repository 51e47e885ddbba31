/** DELETE /calling/recordings/{recordingId}: ends a recording. */

import { stopRecording as stop } from '../recordings/lifecycle.ts';
import { defineOperation } from './operation.ts';
import { liveRecording } from './recordings.ts';

export const stopRecording = defineOperation({
  name: 'stopRecording',
  method: 'DELETE',
  path: '/calling/recordings/{recordingId}',
  status: 204,
  raises: ['RecordingStateChanged'],

  run(context) {
    const recording = liveRecording(context);
    stop(context.resource, recording, 'InitiatorLeft');
    return { connection: recording };
  },
});
