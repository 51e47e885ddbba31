/** POST …:updateTranscription: changes the language of a running transcription. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { locale, operationReference } from '../http/body-fields.ts';
import { intelligence } from '../streaming/options.ts';
import { transcriptionStatusEvent } from '../streaming/transcription.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { configured, startedStream } from './streams.ts';

export const updateTranscription = defineOperation({
  name: 'updateTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:updateTranscription',
  status: 202,
  raises: ['TranscriptionUpdated', 'TranscriptionFailed'],
  failure: 'TranscriptionFailed',
  request: z
    .object({
      ...operationReference,
      ...intelligence,
      locale: locale.optional(),
      speechModelEndpointId: z.string().optional(),
    })
    .refine((body) => body.locale !== undefined || Object.keys(intelligence).some((name) => name in body), {
      path: ['locale'],
      error: 'is required, unless there is another option to update',
    }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    // Only connect leaves the targets empty; the refusal is documented.
    if (connection.terms.targets.length === 0) {
      const message = 'UpdateTranscription is not supported for connection created with Connect interface.';
      throw new AcsError(405, '8520', message);
    }
    const subscription = configured(resource.streams.of(connection).transcription, 'Transcription');
    const stream = startedStream(subscription);
    resource.clock.schedule(0, () => {
      if (fail !== undefined) {
        return stream.raise(transcriptionStatusEvent('Failed', 'unspecifiedError'), body, fail);
      }
      subscription.locale = body.locale ?? subscription.locale;
      subscription.speechModelEndpointId = body.speechModelEndpointId ?? subscription.speechModelEndpointId;
      // Recorded: the event carries the context of the start, whatever the request named.
      const { operationCallbackUri } = body;
      stream.raise(transcriptionStatusEvent('Updated', 'transcriptionLocaleUpdated'), { operationCallbackUri });
    });
    return { connection };
  },
});
