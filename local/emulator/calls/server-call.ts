/** Server calls: starting one, and who is in it. */

import type { Random } from '../random.ts';
import type { CallKind, Connection, Participant, ServerCall } from './model.ts';
import { Roster } from './roster.ts';

/** Starts an empty call. */
export function newServerCall(
  random: Random,
  nowMs: number,
  kind: CallKind = 'direct',
  joinId: string | undefined = undefined,
): ServerCall {
  return {
    serverCallId: newServerCallId(random),
    correlationId: random.guid(),
    kind,
    joinId,
    startedAtMs: nowMs,
    participants: new Roster(),
    connections: new Set(),
    ringing: new Set(),
    listeners: new Set(),
    prompts: new Set(),
    sequenceNumber: 0,
    redirects: 0,
    startedBy: undefined,
    isOver: false,
  };
}

/** A server call id of the real shape: base64 of a URL of the conversation service. */
function newServerCallId(random: Random): string {
  const conversation = random.bytes(16).toString('base64url');
  const url = `https://api.flightproxy.skype.com/api/v2/cp/conv-emulator.conv.skype.com/conv/${conversation}?i=0&e=0`;
  return Buffer.from(url).toString('base64');
}

/** The participants of the connection's call, without the application's own identity. */
export function othersThan(connection: Connection): Participant[] {
  return connection.call.participants.values().filter(({ leg }) => leg !== connection);
}

/** The participants with these raw ids, as far as they are in the call. */
export function presentOf(call: ServerCall, rawIds: readonly string[]): Participant[] {
  return rawIds.flatMap((rawId) => call.participants.get(rawId) ?? []);
}
