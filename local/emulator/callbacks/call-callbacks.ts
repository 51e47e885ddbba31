/** The callback events that calls cause by themselves: CallConnected, CallDisconnected and ParticipantsUpdated. */

import type { CallEvents } from '../calls/call-events.ts';
import type { Connection, ServerCall } from '../calls/model.ts';
import { describeParticipant } from '../calls/participant-list.ts';
import { SUCCESS } from '../calls/result-information.ts';
import type { Environment } from '../environment.ts';
import { raise } from './raise.ts';

/** CallConnected carries the context of create, answer or connect. */
export function raiseCallConnected(environment: Environment, connection: Connection): void {
  const { operationContext } = connection.terms;
  raise(environment, connection, 'CallConnected', { resultInformation: SUCCESS }, { operationContext });
}

/** CallDisconnected carries the same context. */
export function raiseCallDisconnected(
  environment: Environment,
  { connection, result }: CallEvents['connectionEnding'],
): void {
  const { operationContext } = connection.terms;
  raise(environment, connection, 'CallDisconnected', { resultInformation: result }, { operationContext });
}

/** ParticipantsUpdated, which has no operation context, goes to every application that controls the call. */
export function raiseParticipantsUpdated(environment: Environment, call: ServerCall): void {
  const { sequenceNumber } = call;
  const participants = call.participants.values().map(describeParticipant);
  for (const connection of call.connections) {
    if (connection.state === 'connected') {
      const details = { participants, sequenceNumber, resultInformation: SUCCESS };
      raise(environment, connection, 'ParticipantsUpdated', details);
    }
  }
}
