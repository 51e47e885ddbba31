/** POST …:stopMediaStreaming: ends the stream of the call's audio. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { configured, startedStream } from './streams.ts';

export const stopMediaStreaming = defineOperation({
  name: 'stopMediaStreaming',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopMediaStreaming',
  status: 202,
  raises: ['MediaStreamingStopped', 'MediaStreamingFailed'],
  failure: 'MediaStreamingFailed',
  request: z.object(operationReference),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const stream = startedStream(configured(resource.streams.of(connection).mediaStreaming, 'Media streaming'));
    resource.clock.schedule(0, () => stream.stop(body, fail));
    return { connection };
  },
});
