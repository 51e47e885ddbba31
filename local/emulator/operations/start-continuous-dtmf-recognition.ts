/** POST …:startContinuousDtmfRecognition: raises an event for each tone of a participant. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { raiseToneFailed, startContinuousDtmf } from '../media/continuous-dtmf.ts';
import { establishedConnection } from './mid-call.ts';
import { checkCompatible } from './mid-call-media.ts';
import { defineOperation } from './operation.ts';

export const startContinuousDtmfRecognition = defineOperation({
  name: 'startContinuousDtmfRecognition',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startContinuousDtmfRecognition',
  status: 200,
  raises: ['ContinuousDtmfRecognitionToneReceived', 'ContinuousDtmfRecognitionToneFailed'],
  failure: 'ContinuousDtmfRecognitionToneFailed',
  request: z.object({ ...operationReference, targetParticipant: identifier }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const { rawId } = body.targetParticipant;
    checkCompatible(resource, connection, 'continuousDtmf', [rawId]);
    if (fail === undefined) {
      startContinuousDtmf(resource, connection, rawId, body);
    } else {
      resource.clock.schedule(0, () => raiseToneFailed(resource, connection, fail, body));
    }
    return { connection };
  },
});
