/** POST …:startTranscription: starts to send the words of the call to the app's server. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { locale, operationReference } from '../http/body-fields.ts';
import { intelligence, locales } from '../streaming/options.ts';
import { failureOf, NO_COGNITIVE_SERVICES, startStream } from '../streaming/start.ts';
import { transcription } from '../streaming/transcription.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';
import { checkIdle, configured } from './streams.ts';

export const startTranscription = defineOperation({
  name: 'startTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startTranscription',
  status: 202,
  raises: ['TranscriptionStarted', 'TranscriptionFailed'],
  failure: 'TranscriptionFailed',
  request: z.object({
    ...operationReference,
    ...intelligence,
    locale: locale.optional(),
    locales,
    speechModelEndpointId: z.string().optional(),
  }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const subscription = configured(resource.streams.of(connection).transcription, 'Transcription');
    if (connection.terms.cognitiveServicesEndpoint === undefined) {
      const { code, subCode, message } = NO_COGNITIVE_SERVICES;
      throw new AcsError(code, String(subCode), message);
    }
    checkIdle(subscription);
    subscription.locale = body.locale ?? body.locales?.[0] ?? subscription.locale;
    subscription.speechModelEndpointId = body.speechModelEndpointId ?? subscription.speechModelEndpointId;
    startStream(resource, connection, transcription(subscription), body, failureOf(fail));
    return { connection };
  },
});
