/** POST …:cancelAllMediaOperations: cancels the media operations that run or wait at that moment. */

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
    // At once: what is requested after the response is not canceled, nor refused because of what is.
    cancelMedia(context.resource, connection);
    return { connection };
  },
});
