/** GET …/participants/{participantRawId}: one participant. */

import { callParticipant, describeParticipant } from '../calls/participant-list.ts';
import { AcsError } from '../http/acs-error.ts';
import { fromRawId } from '../identifiers.ts';
import { liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const getParticipant = defineOperation({
  name: 'getParticipant',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}/participants/{+participantRawId}',
  status: 200,
  response: callParticipant,

  run(context) {
    const connection = liveConnection(context);
    const { rawId } = fromRawId(context.path.participantRawId ?? '');
    const participant = connection.call.participants.get(rawId);
    if (participant === undefined) {
      throw new AcsError(404, '8522', 'Participant not found.');
    }
    return { body: describeParticipant(participant), connection };
  },
});
