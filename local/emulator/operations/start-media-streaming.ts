/** POST …:startMediaStreaming: starts to send the call's audio to the app's server. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { mediaStreaming } from '../streaming/media-streaming.ts';
import { failureOf, startStream } from '../streaming/start.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { checkIdle, configured } from './streams.ts';

export const startMediaStreaming = defineOperation({
  name: 'startMediaStreaming',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startMediaStreaming',
  status: 202,
  raises: ['MediaStreamingStarted', 'MediaStreamingFailed'],
  failure: 'MediaStreamingFailed',
  request: z.object(operationReference),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const subscription = configured(resource.streams.of(connection).mediaStreaming, 'Media streaming');
    checkIdle(subscription);
    startStream(resource, connection, mediaStreaming(subscription), body, failureOf(fail));
    return { connection };
  },
});
