/** POST …:stopTranscription: ends the stream of the call's words. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { configured, startedStream } from './streams.ts';

export const stopTranscription = defineOperation({
  name: 'stopTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopTranscription',
  status: 202,
  raises: ['TranscriptionStopped', 'TranscriptionFailed'],
  failure: 'TranscriptionFailed',
  request: z.object(operationReference),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const stream = startedStream(configured(resource.streams.of(connection).transcription, 'Transcription'));
    resource.clock.schedule(0, () => stream.stop(body, fail));
    return { connection };
  },
});
