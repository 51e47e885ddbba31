/** POST /calling/recordings/{recordingId}:resume: goes on after a pause. */

import { resumeRecording as resume } from '../recordings/lifecycle.ts';
import { isPaused } from '../recordings/timeline.ts';
import { defineOperation } from './operation.ts';
import { liveRecording, notAllowed } from './recordings.ts';

export const resumeRecording = defineOperation({
  name: 'resumeRecording',
  method: 'POST',
  path: '/calling/recordings/{recordingId}:resume',
  status: 202,
  raises: ['RecordingStateChanged'],

  run(context) {
    const recording = liveRecording(context);
    if (!isPaused(recording.timeline)) {
      throw notAllowed('Resume is not allowed: the recording is not paused.');
    }
    resume(context.resource, recording);
    return { connection: recording };
  },
});
