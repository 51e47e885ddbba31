/** People coming into a call. */

import { raise } from '../callbacks/raise.ts';
import { publishJoined } from '../event-grid/call-events.ts';
import type { Identifier } from '../identifiers.ts';
import { actOut } from '../parties/act-out.ts';
import type { Resource } from '../resource.ts';
import { startOnConnect } from '../streaming/start.ts';
import type { Connection } from './connection.ts';
import { SUCCESS } from './result-information.ts';
import type { Participant, ServerCall } from './server-call.ts';
import { Turns } from './speaking-slots.ts';

/** Puts somebody into the call and, unless an application speaks as them, starts to play their script. */
export function join(resource: Resource, call: ServerCall, identifier: Identifier, leg?: Connection): Participant {
  const isNew = !call.participants.has(identifier.rawId);
  const participant = enter(resource, call, identifier, leg);
  if (isNew && leg === undefined) {
    actOut(resource, participant);
  }
  return participant;
}

/** Puts somebody into the call who does nothing yet, such as a caller whom nobody has answered. */
export function enter(resource: Resource, call: ServerCall, identifier: Identifier, leg?: Connection): Participant {
  const present = call.participants.get(identifier.rawId);
  if (present !== undefined) {
    return present;
  }
  const holders = new Set<object>();
  const participant: Participant = {
    identifier,
    leg,
    call,
    isMuted: false,
    holders,
    get isOnHold() {
      return holders.size > 0;
    },
    turns: new Turns(),
  };
  call.participants.set(identifier.rawId, participant);
  publishJoined(resource, call, participant);
  return participant;
}

/** Marks a connection as established and says so: CallConnected carries the context of create, answer or connect. */
export function establish(resource: Resource, connection: Connection): void {
  connection.state = 'connected';
  raise(
    resource,
    connection,
    'CallConnected',
    { resultInformation: SUCCESS },
    { operationContext: connection.terms.operationContext },
  );
  startOnConnect(resource, connection);
}
