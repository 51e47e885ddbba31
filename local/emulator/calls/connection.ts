/** Connections: opening and establishing an application's control of a call, and the longest time that it lasts. */

import type { CallContext } from './call-context.ts';
import { endCall } from './call-end.ts';
import type { Connection, ConnectionTerms, ServerCall } from './model.ts';
import { LASTED_TOO_LONG } from './result-information.ts';

/** A call ends after a day (not documented; chosen here), so that calls which no one hangs up do not accumulate. */
const LONGEST_CALL_MS = 24 * 3600 * 1000;

/** Attaches an application to a call. */
export function openConnection(
  { random, calls }: CallContext,
  call: ServerCall,
  terms: ConnectionTerms,
  state: 'unknown' | 'connecting',
  correlationId = call.correlationId,
): Connection {
  const connection: Connection = {
    callConnectionId: random.guid(),
    correlationId,
    terms,
    invitations: new Map(),
    call,
    state,
    endedAtMs: undefined,
  };
  call.connections.add(connection);
  calls.addConnection(connection);
  return connection;
}

/** Gives the application control of the call. */
export function establish({ emit }: CallContext, connection: Connection): void {
  connection.state = 'connected';
  emit('connectionEstablished', connection);
}

/** Ends the calls that have lasted too long. */
export function endOverdueCalls(context: CallContext): void {
  for (const call of context.calls.startedBefore(context.clock.now() - LONGEST_CALL_MS)) {
    endCall(context, call, LASTED_TOO_LONG);
  }
}
