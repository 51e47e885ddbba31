/** GET /calling/recordings/{recordingId}: whether a recording is active. */

import { defineOperation } from './operation.ts';
import { describeRecording, liveRecording, recordingStateResponse } from './recordings.ts';

export const getRecordingProperties = defineOperation({
  name: 'getRecordingProperties',
  method: 'GET',
  path: '/calling/recordings/{recordingId}',
  status: 200,
  response: recordingStateResponse,

  run(context) {
    const recording = liveRecording(context);
    return { body: describeRecording(recording), connection: recording };
  },
});
