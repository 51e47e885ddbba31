/** People and applications leaving a call, and calls coming to their end. */

import { raise } from '../callbacks/raise.ts';
import { publishEnded, publishLeft } from '../event-grid/call-events.ts';
import { endMedia, endMediaFor } from '../media/media-end.ts';
import { stopWithCall } from '../recordings/lifecycle.ts';
import type { Resource } from '../resource.ts';
import { closeStreams } from '../streaming/subscription.ts';
import type { Connection } from './connection.ts';
import { type ResultInformation, SUCCESS } from './result-information.ts';
import { announceRoster } from './roster.ts';
import { othersThan, type Participant, type ServerCall } from './server-call.ts';

/** Somebody leaves, and with them the application that spoke as them. */
export function leave(resource: Resource, participant: Participant, result: ResultInformation): void {
  if (participant.leg === undefined) {
    takeOut(resource, participant.call, participant, result);
  } else {
    disconnect(resource, participant.leg, result);
  }
}

/**
 * Takes a participant off the list of a call. Applications with nobody left to talk to are disconnected; the others get
 * the new list.
 */
export function takeOut(
  resource: Resource,
  call: ServerCall,
  participant: Participant,
  result: ResultInformation,
): void {
  if (!call.participants.delete(participant.identifier.rawId)) {
    return;
  }
  publishLeft(resource, call, participant);
  endIfDeserted(resource, call, result);
  endMediaFor(call, participant);
  if (!call.isOver) {
    announceRoster(resource, call);
  }
}

/** Ends one application's hold on the call, and says so. */
export function disconnect(resource: Resource, connection: Connection, resultInformation: ResultInformation): void {
  const { operationContext } = connection.terms;
  endMedia(connection);
  raise(resource, connection, 'CallDisconnected', { resultInformation }, { operationContext });
  detach(resource, connection, resultInformation);
}

/** The same without a CallDisconnected; the identity that the application spoke as leaves with it. */
export function detach(resource: Resource, connection: Connection, result: ResultInformation): void {
  if (connection.state === 'disconnected') {
    return;
  }
  const { call } = connection;
  connection.state = 'disconnected';
  connection.endedAtMs = resource.clock.now();
  call.connections.delete(connection);
  resource.calls.retire(connection);
  for (const ringing of [...connection.invitations.values()]) {
    ringing.stop();
  }
  connection.invitations.clear();
  closeStreams(connection.subscriptions);
  const own = [...call.participants.values()].find(({ leg }) => leg === connection);
  if (own !== undefined) {
    takeOut(resource, call, own, result);
  }
}

/** Ends the call for everybody in it. */
export function endCall(resource: Resource, call: ServerCall, result: ResultInformation): void {
  if (call.isOver) {
    return;
  }
  call.isOver = true;
  resource.calls.removeCall(call);
  stopWithCall(resource, call);
  for (const ringing of [...call.ringings]) {
    ringing.stop();
  }
  for (const connection of [...call.connections]) {
    disconnect(resource, connection, result);
  }
  for (const participant of [...call.participants.values()]) {
    takeOut(resource, call, participant, result);
  }
  publishEnded(resource, call, result);
}

/**
 * Ends what nobody is left for. In a direct call an application is disconnected when the last other participant has
 * gone and nobody is being rung; a call without applications is over when fewer than two people are left in it.
 */
export function endIfDeserted(resource: Resource, call: ServerCall, result = SUCCESS): void {
  const isHeld = call.ringings.size > 0 && call.participants.size + call.connections.size > 0;
  if (call.isOver || isHeld) {
    return;
  }
  if (call.setting === 'direct') {
    const lonely = [...call.connections].filter((connection) => othersThan(connection).length === 0);
    for (const connection of lonely) {
      disconnect(resource, connection, result);
    }
  }
  const needed = call.setting === 'direct' ? 2 : 1;
  if (call.connections.size === 0 && call.participants.size < needed) {
    endCall(resource, call, result);
  }
}
