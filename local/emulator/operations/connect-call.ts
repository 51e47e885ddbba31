/** POST /calling/callConnections:connect: takes hold of a call that is there already. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { detach, endIfDeserted } from '../calls/call-end.ts';
import { connectionProperties, describeConnection, openConnection } from '../calls/connection.ts';
import { standingCall } from '../calls/joinable-call.ts';
import { establish } from '../calls/participant.ts';
import { LOCATOR_NOT_FOUND } from '../calls/result-information.ts';
import { announceRoster } from '../calls/roster.ts';
import { newServerCall, type ServerCall } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import { callLocator } from './call-locator.ts';
import { commonTerms, connectionRequest } from './connection-request.ts';
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
    const terms = {
      ...commonTerms(body, apiVersion),
      targets: [],
    };
    const connection = openConnection(resource, call, terms, 'unknown');
    const failure = fail ?? (found === undefined ? LOCATOR_NOT_FOUND : undefined);
    resource.clock.schedule(0, () => {
      if (connection.state === 'disconnected') {
        return;
      }
      if (failure === undefined) {
        establish(resource, connection);
        return announceRoster(resource, call);
      }
      raise(resource, connection, 'ConnectFailed', { resultInformation: failure }, connection.terms);
      detach(resource, connection, failure);
      endIfDeserted(resource, call);
    });
    return { body: describeConnection(connection), connection };
  },
});

/** The call that a locator means: any group id is accepted, a room or server call must be known. */
function locate(
  resource: Resource,
  { groupCallId, roomId, serverCallId }: z.output<typeof callLocator>,
): ServerCall | undefined {
  if (groupCallId !== undefined) {
    return standingCall(resource, 'group', groupCallId);
  }
  if (roomId !== undefined) {
    return resource.rooms.has(roomId) ? standingCall(resource, 'room', roomId) : undefined;
  }
  return resource.calls.running(serverCallId ?? '');
}
