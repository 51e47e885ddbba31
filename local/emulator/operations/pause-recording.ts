/** POST /calling/recordings/{recordingId}:pause: records silence until it is resumed. */

import { pauseRecording as pause } from '../recordings/lifecycle.ts';
import { isPaused } from '../recordings/timeline.ts';
import { defineOperation } from './operation.ts';
import { liveRecording, notAllowed } from './recordings.ts';

export const pauseRecording = defineOperation({
  name: 'pauseRecording',
  method: 'POST',
  path: '/calling/recordings/{recordingId}:pause',
  status: 202,
  raises: ['RecordingStateChanged'],

  run(context) {
    const recording = liveRecording(context);
    if (isPaused(recording.timeline)) {
      throw notAllowed('Pause is not allowed: the recording is paused.');
    }
    pause(context.resource, recording);
    return { connection: recording };
  },
});
