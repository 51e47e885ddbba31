/** POST …:play: plays files, texts and SSML to all participants or to some. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { Play } from '../media/play.ts';
import { playSource } from '../media/play-source.ts';
import { establishedConnection } from './mid-call.ts';
import { admit, checkSpeechService } from './mid-call-media.ts';
import { defineOperation } from './operation.ts';

/** The .NET SDK writes the interrupting options here, others beside `playOptions`. */
const interrupting = {
  interruptCallMediaOperation: z.boolean().optional(),
  interruptHoldAudio: z.boolean().optional(),
};

export const play = defineOperation({
  name: 'play',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:play',
  status: 202,
  raises: ['PlayStarted', 'PlayCompleted', 'PlayFailed', 'PlayCanceled'],
  failure: 'PlayFailed',
  request: z.object({
    ...operationReference,
    ...interrupting,
    playSources: z.array(playSource).min(1),
    /** None means all participants. */
    playTo: z.array(identifier).optional(),
    playOptions: z.object({ loop: z.boolean().optional(), ...interrupting }).optional(),
  }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    checkSpeechService(connection, body.playSources);
    const { operationContext, operationCallbackUri, playSources, playTo = [], playOptions = {} } = body;
    const task = new Play(resource, connection, {
      operationContext,
      operationCallbackUri,
      sources: playSources,
      targets: [...new Set(playTo.map(({ rawId }) => rawId))],
      isLooped: playOptions.loop === true,
      isInterruptingHold: (body.interruptHoldAudio ?? playOptions.interruptHoldAudio) === true,
      fail,
    });
    admit(resource, connection, task, body.interruptCallMediaOperation ?? playOptions.interruptCallMediaOperation);
    return { connection };
  },
});
