/** POST …:cancelAllMediaOperations: cancels the media operations that run or wait. */

import { cancelMedia } from '../media/media-end.ts';
import { establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const cancelAllMediaOperations = defineOperation({
  name: 'cancelAllMediaOperations',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:cancelAllMediaOperations',
  status: 202,
  raises: ['PlayCanceled', 'RecognizeCanceled'],

  run(context) {
    const connection = establishedConnection(context);
    context.resource.clock.schedule(0, () => cancelMedia(context.resource, connection));
    return { connection };
  },
});
