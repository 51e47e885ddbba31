/** DELETE /v1/objects/{documentId} on the storage host: deletes a file of a recording, and its metadata. */

import { defineOperation } from './operation.ts';
import { storedFile } from './recordings.ts';

export const deleteRecording = defineOperation({
  name: 'deleteRecording',
  method: 'DELETE',
  path: '/v1/objects/{documentId}',
  // SDKs take nothing else.
  status: 200,
  isStorage: true,

  run(context) {
    context.resource.recordings.delete(storedFile(context));
    return {};
  },
});
