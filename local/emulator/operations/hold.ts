/** POST …:hold: puts a participant on hold, with music or without. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { hold as putOnHold, raiseHoldFailed } from '../media/hold.ts';
import { playSource } from '../media/play-source.ts';
import { establishedConnection } from './mid-call.ts';
import { checkSpeechService } from './mid-call-media.ts';
import { defineOperation } from './operation.ts';

export const hold = defineOperation({
  name: 'hold',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:hold',
  status: 200,
  raises: ['ParticipantsUpdated', 'HoldFailed'],
  failure: 'HoldFailed',
  request: z.object({
    ...operationReference,
    targetParticipant: identifier,
    playSourceInfo: playSource.optional(),
  }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const { targetParticipant, playSourceInfo } = body;
    checkSpeechService(connection, playSourceInfo === undefined ? [] : [playSourceInfo]);
    resource.clock.schedule(0, () => {
      if (fail === undefined) {
        putOnHold(resource, connection, targetParticipant.rawId, playSourceInfo, body);
      } else {
        raiseHoldFailed(resource, connection, fail, body);
      }
    });
    return { connection };
  },
});
