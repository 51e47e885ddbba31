/** updateTranscription: continue transcribing in another language. */
import * as z from 'zod';
import { defined } from '../fields/defined.ts';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { streamingResult } from './streaming-result.ts';

export const updateTranscription = defineOperation({
  name: 'updateTranscription',
  summary: 'Transcribe in another language from now on',
  method: 'POST',
  path: 'calls/{callId}/media/transcription/update',
  target: 'call',
  input: operationInput({
    locale: z.string().min(2),
    speechModelEndpointId: z.string().min(1).optional(),
  }),
  example: { locale: 'fr-FR' },
  result: streamingResult,
  // The event has the context of the operation that started the transcription (ACS-R5).
  settles: {
    by: 'event',
    success: ['TranscriptionUpdated'],
    failure: ['TranscriptionFailed'],
    anyContext: true,
    withinSeconds: 30,
  },
  onRetry: 'judgedAnew',
  undo: 'none',

  async send({ acs, input, callConnectionId, options }) {
    const { locale, speechModelEndpointId: speechRecognitionModelEndpointId } = input;
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.updateTranscription(locale, { ...options, ...defined({ speechRecognitionModelEndpointId }) });
    return {};
  },
});
