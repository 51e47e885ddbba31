/** GET /calling/callConnections/{callConnectionId}: the properties of a running call. */

import { connectionProperties, describeConnection } from './connection-properties.ts';
import { liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const getCall = defineOperation({
  name: 'getCall',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}',
  status: 200,
  response: connectionProperties,

  run(context) {
    const connection = liveConnection(context);
    return { body: describeConnection(context.resource, connection), connection };
  },
});
