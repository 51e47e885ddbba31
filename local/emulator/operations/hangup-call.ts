/**
 * DELETE /calling/callConnections/{callConnectionId}: the application leaves; a call with one other participant is
 * over.
 */

import { disconnect, endCall, endIfDeserted } from '../calls/call-end.ts';
import { ENDED_BY_APP } from '../calls/result-information.ts';
import { othersThan } from '../calls/server-call.ts';
import { liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const hangupCall = defineOperation({
  name: 'hangupCall',
  method: 'DELETE',
  path: '/calling/callConnections/{callConnectionId}',
  status: 204,
  raises: ['CallDisconnected'],

  run(context) {
    const { resource } = context;
    const connection = liveConnection(context);
    const { call } = connection;
    if (call.kind === 'direct' && othersThan(connection).length <= 1) {
      endCall(resource, call, ENDED_BY_APP);
    } else {
      disconnect(resource, connection, ENDED_BY_APP);
      endIfDeserted(resource, call);
    }
    return { connection };
  },
});
