/** A call as the service holds it: the people in it, and the applications that control it. */

import type { Identifier } from '../identifiers.ts';
import type { Random } from '../random.ts';
import type { Recording } from '../recordings/recording.ts';
import type { Connection } from './connection.ts';
import type { Listener } from './input.ts';
import type { Ringing } from './ringing-phone.ts';
import type { Turns } from './speaking-slots.ts';

/** Somebody who is in the call now. */
export interface Participant {
  readonly identifier: Identifier;
  /** The application that answered as this participant, in a call between two applications. */
  readonly leg: Connection | undefined;
  /** Another one after a move. */
  call: ServerCall;
  isMuted: boolean;
  /** What keeps them on hold: a hold, or a play to them alone. */
  readonly holders: Set<object>;
  readonly isOnHold: boolean;
  /** When it is their turn to press or say something. */
  readonly turns: Turns;
}

/** `direct` calls end when nobody is left to talk to; rooms and group calls wait for the next who joins (ours). */
export type Setting = 'direct' | 'group' | 'room';

export interface ServerCall {
  readonly serverCallId: string;
  readonly correlationId: string;
  readonly setting: Setting;
  /** Room id or group id, unless the call is direct. */
  readonly settingId: string | undefined;
  readonly startedAtMs: number;
  /** By raw id, in the order in which they joined. */
  readonly participants: Map<string, Participant>;
  readonly connections: Set<Connection>;
  readonly ringings: Set<Ringing>;
  /** Whoever wants to hear what participants press and say. */
  readonly listeners: Set<Listener>;
  /** What applications play that sounds now. */
  readonly prompts: Set<object>;
  /** Those that ran, and at most one that runs. */
  readonly recordings: Recording[];
  /** Of the last ParticipantsUpdated. */
  sequenceNumber: number;
  /** Who made the call a VoIP call in Event Grid's eyes: set once CallStarted was published. */
  startedBy: Identifier | undefined;
  isOver: boolean;
}

/** Starts an empty call. */
export function newServerCall(random: Random, nowMs: number, setting: Setting = 'direct', id?: string): ServerCall {
  return {
    serverCallId: newServerCallId(random),
    correlationId: random.guid(),
    setting,
    settingId: id,
    startedAtMs: nowMs,
    participants: new Map(),
    connections: new Set(),
    ringings: new Set(),
    listeners: new Set(),
    prompts: new Set(),
    recordings: [],
    sequenceNumber: 0,
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

/** Everybody in the call but the application's own identity. */
export function othersThan(connection: Connection): Participant[] {
  return [...connection.call.participants.values()].filter(({ leg }) => leg !== connection);
}

/** Those of the raw ids who are in the call. */
export function presentOf(call: ServerCall, rawIds: readonly string[]): Participant[] {
  return rawIds.flatMap((rawId) => call.participants.get(rawId) ?? []);
}
