/** cancelAllMediaOperations: cancel every media operation, running or queued. Each settles as canceled by its own event. */
import { withoutMedia } from '../../calls/media-rules.ts';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const cancelAllMediaOperations = defineOperation({
  name: 'cancelAllMediaOperations',
  summary: 'Cancel every media operation of the call, running or queued',
  method: 'POST',
  path: 'calls/{callId}/media/cancel-all',
  target: 'call',
  input: operationInput({}),
  example: {},
  settles: { by: 'response' },
  onRetry: 'judgedAnew',
  undo: 'none',
  accepted: withoutMedia,

  async send({ acs, callConnectionId }) {
    await acs.getCallConnection(callConnectionId).getCallMedia().cancelAllOperations();
    return {};
  },
});
