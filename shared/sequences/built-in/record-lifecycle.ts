/** recordLifecycle: record a call; pause, resume and stop the recording on a schedule or on events. */
import * as z from 'zod';
import { defineSequence } from './define-sequence.ts';
import { callId, recording } from './input.ts';
import { inOrder, record, schedule, stopRecording } from './record.ts';

export const recordLifecycle = defineSequence({
  name: 'recordLifecycle',
  summary:
    'Record the call; pause, resume and stop on a schedule or on events; the recording is stopped however it ends',
  input: z.strictObject({ callId, recording, schedule }).check(inOrder),
  example: {
    recording: { content: 'audio', channel: 'mixed', format: 'wav' },
    schedule: [
      { on: ['PlayStarted'], within: 'PT1H', do: 'pause' },
      { on: ['PlayCompleted'], within: 'PT10M', do: 'resume' },
      { after: 'PT30M', do: 'stop' },
    ],
  },

  define: ({ recording: how, schedule: entries }) => ({ steps: record(how, entries), finally: [stopRecording] }),
});
