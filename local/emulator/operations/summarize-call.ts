/**
 * POST …:summarize: asks for a summary of the conversation. The API's description has an example of it since
 * 2025-08-15-preview, and no path: that it needs a transcription is chosen here, and no summary follows.
 */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { summarizationOptions } from '../streaming/options.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { configured, startedStream } from './streams.ts';

export const summarizeCall = defineOperation({
  name: 'summarizeCall',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:summarize',
  status: 202,
  request: z.object({ ...operationReference, summarizationOptions: summarizationOptions.optional() }),

  run(context) {
    const connection = establishedConnection(context);
    startedStream(configured(context.resource.streams.of(connection).transcription, 'Transcription'));
    return { connection };
  },
});
