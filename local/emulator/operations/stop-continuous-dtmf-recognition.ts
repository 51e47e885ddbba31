/** POST …:stopContinuousDtmfRecognition: ends the events for tones. */

import * as z from 'zod';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { stopContinuousDtmf } from '../media/continuous-dtmf.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const stopContinuousDtmfRecognition = defineOperation({
  name: 'stopContinuousDtmfRecognition',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopContinuousDtmfRecognition',
  status: 200,
  raises: ['ContinuousDtmfRecognitionStopped'],
  request: z.object({ ...operationReference, targetParticipant: identifier }),

  run({ resource, path, body }) {
    const connection = establishedConnection({ resource, path });
    resource.clock.schedule(0, () => stopContinuousDtmf(resource, connection, body.targetParticipant.rawId, body));
    return { connection };
  },
});
