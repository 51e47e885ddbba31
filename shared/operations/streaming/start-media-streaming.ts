/** startMediaStreaming: stream the call's audio to the WebSocket that was given when the call was made or answered. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { stopMediaStreaming } from './stop-media-streaming.ts';
import { streamingResult } from './streaming-result.ts';

export const startMediaStreaming = defineOperation({
  name: 'startMediaStreaming',
  summary: 'Start streaming audio to the WebSocket of the call',
  method: 'POST',
  path: 'calls/{callId}/media/streaming/start',
  target: 'call',
  input: operationInput({}),
  example: {},
  result: streamingResult,
  settles: {
    by: 'event',
    success: ['MediaStreamingStarted'],
    failure: ['MediaStreamingFailed'],
    withinSeconds: 30,
  },
  stream: { name: 'mediaStreaming', isWanted: true },
  onRetry: 'judgedAnew',
  undo: { afterSuccess: { by: stopMediaStreaming } },

  async send({ acs, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).getCallMedia().startMediaStreaming(options);
    return {};
  },
});
