/** stopTranscription: stop transcribing the call. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { streamingResult } from './streaming-result.ts';

export const stopTranscription = defineOperation({
  name: 'stopTranscription',
  summary: 'Stop transcribing',
  method: 'POST',
  path: 'calls/{callId}/media/transcription/stop',
  target: 'call',
  input: operationInput({}),
  example: {},
  result: streamingResult,
  settles: {
    by: 'event',
    success: ['TranscriptionStopped'],
    failure: ['TranscriptionFailed'],
    anyContext: true,
    withinSeconds: 30,
  },
  stream: { name: 'transcription', isWanted: false },
  onRetry: 'judgedAnew',
  undo: 'none',

  async send({ acs, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).getCallMedia().stopTranscription(options);
    return {};
  },
});
