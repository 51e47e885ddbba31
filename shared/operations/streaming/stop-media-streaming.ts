/** stopMediaStreaming: stop streaming the call's audio. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { streamingResult } from './streaming-result.ts';

export const stopMediaStreaming = defineOperation({
  name: 'stopMediaStreaming',
  summary: 'Stop streaming audio',
  method: 'POST',
  path: 'calls/{callId}/media/streaming/stop',
  target: 'call',
  input: operationInput({}),
  example: {},
  result: streamingResult,
  settles: {
    by: 'event',
    success: ['MediaStreamingStopped'],
    failure: ['MediaStreamingFailed'],
    anyContext: true,
    withinSeconds: 30,
  },
  stream: { name: 'mediaStreaming', isWanted: false },
  onRetry: 'judgedAnew',
  undo: 'none',

  async send({ acs, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).getCallMedia().stopMediaStreaming(options);
    return {};
  },
});
