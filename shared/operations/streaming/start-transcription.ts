/** startTranscription: transcribe the call to the WebSocket that was given when the call was made or answered. */
import * as z from 'zod';
import { defined } from '../fields/defined.ts';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { stopTranscription } from './stop-transcription.ts';
import { streamingResult } from './streaming-result.ts';

export const startTranscription = defineOperation({
  name: 'startTranscription',
  summary: 'Start transcribing to the WebSocket of the call',
  method: 'POST',
  path: 'calls/{callId}/media/transcription/start',
  target: 'call',
  input: operationInput({
    locale: z.string().min(2).optional(),
    speechModelEndpointId: z.string().min(1).optional(),
  }),
  example: { locale: 'en-US' },
  result: streamingResult,
  settles: {
    by: 'event',
    success: ['TranscriptionStarted'],
    failure: ['TranscriptionFailed'],
    withinSeconds: 30,
  },
  stream: { name: 'transcription', isWanted: true },
  onRetry: 'judgedAnew',
  undo: { afterSuccess: { by: stopTranscription } },

  async send({ acs, input, callConnectionId, options }) {
    const { locale, speechModelEndpointId: speechRecognitionModelEndpointId } = input;
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.startTranscription({ ...options, ...defined({ locale, speechRecognitionModelEndpointId }) });
    return {};
  },
});
