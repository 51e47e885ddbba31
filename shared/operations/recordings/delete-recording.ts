/** deleteRecording: delete a recording from the archive and from ACS. */
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const deleteRecording = defineOperation({
  name: 'deleteRecording',
  summary: "Delete a recording that has stopped: its archive and ACS's copy. Files in a container of yours stay",
  method: 'DELETE',
  path: 'recordings/{recordingId}',
  target: 'recording',
  input: operationInput({}),
  example: {},
  settles: { by: 'response' },
  undo: 'none',
  recordingStep: 'delete',

  async send({ recording }) {
    await recording.erase();
    return {};
  },
});
