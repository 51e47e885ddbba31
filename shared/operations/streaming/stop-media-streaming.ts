/** stopMediaStreaming: stop streaming the call's audio. */
import * as z from 'zod';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const stopMediaStreaming = defineOperation({
  name: 'stopMediaStreaming',
  summary: 'Stop streaming audio',
  method: 'POST',
  path: 'calls/{callId}/media/streaming/stop',
  target: 'call',
  input: operationInput({}),
  example: {},
  result: { details: z.string() },
  settles: {
    by: 'event',
    success: ['MediaStreamingStopped'],
    failure: ['MediaStreamingFailed'],
    anyContext: true,
    withinSeconds: 30,
  },
  stream: { name: 'mediaStreaming', isWanted: false },
  undo: 'none',

  async send({ acs, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).getCallMedia().stopMediaStreaming(options);
    return {};
  },
});
