/** POST /calling/callConnections:connect: connects the application to a call that exists. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { detach, endIfDeserted } from '../calls/call-end.ts';
import { establish } from '../calls/connection.ts';
import { joinableCall } from '../calls/joinable-call.ts';
import type { ServerCall } from '../calls/model.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { LOCATOR_NOT_FOUND } from '../calls/result-information.ts';
import { newServerCall } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import { callLocator } from './call-locator.ts';
import { connectionProperties, describeConnection } from './connection-properties.ts';
import { connectionRequest, openRequested } from './connection-request.ts';
import { defineOperation } from './operation.ts';

export const connect = defineOperation({
  name: 'connect',
  method: 'POST',
  path: '/calling/callConnections:connect',
  status: 200,
  repeatable: 'silently',
  raises: ['CallConnected', 'ConnectFailed', 'ParticipantsUpdated'],
  failure: 'ConnectFailed',
  request: z.object({ ...connectionRequest, callLocator }),
  response: connectionProperties,

  run({ resource, body, apiVersion, fail }) {
    const found = locate(resource, body.callLocator);
    const call = found ?? resource.calls.addCall(newServerCall(resource.random, resource.clock.now()));
    const connection = openRequested(resource, { call, body, apiVersion, terms: { targets: [] }, state: 'unknown' });
    const failure = fail ?? (found === undefined ? LOCATOR_NOT_FOUND : undefined);
    resource.clock.schedule(0, () => {
      if (connection.state === 'disconnected') {
        return;
      }
      if (failure === undefined) {
        establish(resource, connection);
        return publishParticipants(resource, call);
      }
      raise(resource, connection, 'ConnectFailed', { resultInformation: failure }, connection.terms);
      detach(resource, connection, failure);
      endIfDeserted(resource, call);
    });
    return { body: describeConnection(resource, connection), connection };
  },
});

/** The call of a locator: any group id is accepted, a room or server call must be known. */
function locate(
  resource: Resource,
  { groupCallId, roomId, serverCallId }: z.output<typeof callLocator>,
): ServerCall | undefined {
  if (groupCallId !== undefined) {
    return joinableCall(resource, 'group', groupCallId);
  }
  if (roomId !== undefined) {
    return resource.rooms.has(roomId) ? joinableCall(resource, 'room', roomId) : undefined;
  }
  return resource.calls.running(serverCallId ?? '');
}
