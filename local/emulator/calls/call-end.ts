/** The end of calls: participants and applications leave, and a call without them is over. */

import type { CallContext } from './call-context.ts';
import type { Connection, Participant, ServerCall } from './model.ts';
import { publishParticipants } from './participant-list.ts';
import { type ResultInformation, SUCCESS } from './result-information.ts';
import { othersThan } from './server-call.ts';

/** A participant leaves, and with it the application that spoke as the participant. */
export function leave(context: CallContext, participant: Participant, result: ResultInformation): void {
  if (participant.leg === undefined) {
    removeParticipant(context, participant.call, participant, result);
  } else {
    disconnect(context, participant.leg, result);
  }
}

/**
 * Removes a participant from the list of a call. Applications that are left alone are disconnected; the others get the
 * new list.
 */
export function removeParticipant(
  context: CallContext,
  call: ServerCall,
  participant: Participant,
  result: ResultInformation,
): void {
  if (!call.participants.delete(participant)) {
    return;
  }
  context.emit('participantLeft', { call, participant });
  endIfDeserted(context, call, result);
  context.emit('departureSettled', { call, participant });
  if (!call.isOver) {
    publishParticipants(context, call);
  }
}

/** Ends one application's control of the call, with a CallDisconnected. */
export function disconnect(context: CallContext, connection: Connection, result: ResultInformation): void {
  context.emit('connectionEnding', { connection, result });
  detach(context, connection, result);
}

/** The same without a CallDisconnected; the identity that the application spoke as leaves with it. */
export function detach(context: CallContext, connection: Connection, result: ResultInformation): void {
  if (connection.state === 'disconnected') {
    return;
  }
  const { call } = connection;
  connection.state = 'disconnected';
  connection.endedAtMs = context.clock.now();
  call.connections.delete(connection);
  context.calls.retire(connection);
  for (const ringing of [...connection.invitations.values()]) {
    ringing.stop();
  }
  connection.invitations.clear();
  context.emit('connectionEnded', connection);
  const own = call.participants.values().find(({ leg }) => leg === connection);
  if (own !== undefined) {
    removeParticipant(context, call, own, result);
  }
}

/** Ends the call for everyone in it. */
export function endCall(context: CallContext, call: ServerCall, result: ResultInformation): void {
  if (call.isOver) {
    return;
  }
  call.isOver = true;
  context.calls.removeCall(call);
  context.emit('callEnding', call);
  for (const ringing of [...call.ringing]) {
    ringing.stop();
  }
  for (const connection of [...call.connections]) {
    disconnect(context, connection, result);
  }
  for (const participant of call.participants.values()) {
    removeParticipant(context, call, participant, result);
  }
  context.emit('callEnded', { call, result });
}

/**
 * Disconnects applications that are alone in a call, and ends a call that is deserted. In a direct call an application
 * is alone when the last other participant has left and no phone rings; a call without applications is deserted when
 * fewer than two people are left in it.
 */
export function endIfDeserted(context: CallContext, call: ServerCall, result = SUCCESS): void {
  const isPending = call.ringing.size > 0 && call.participants.size + call.connections.size > 0;
  if (call.isOver || isPending) {
    return;
  }
  if (call.kind === 'direct') {
    const alone = [...call.connections].filter((connection) => othersThan(connection).length === 0);
    for (const connection of alone) {
      disconnect(context, connection, result);
    }
  }
  const needed = call.kind === 'direct' ? 2 : 1;
  if (call.connections.size === 0 && call.participants.size < needed) {
    endCall(context, call, result);
  }
}
