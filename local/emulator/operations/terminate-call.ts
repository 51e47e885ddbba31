/** POST /calling/callConnections/{callConnectionId}:terminate: ends the call for everyone. */

import { endCall } from '../calls/call-end.ts';
import { ENDED_BY_APP } from '../calls/result-information.ts';
import { liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const terminateCall = defineOperation({
  name: 'terminateCall',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:terminate',
  status: 204,
  repeatable: 'openly',
  raises: ['CallDisconnected'],

  run(context) {
    const connection = liveConnection(context);
    endCall(context.resource, connection.call, ENDED_BY_APP);
    return { connection };
  },
});
