/** The calls of a resource, bounded: ended ones are forgotten by age and by number. */

import type { Clock } from '../clock.ts';
import { AcsError } from '../http/acs-error.ts';
import { runningRecording } from '../recordings/recording.ts';
import type { Connection } from './connection.ts';
import type { IncomingCall } from './incoming-call.ts';
import type { Ringing } from './ringing-phone.ts';
import type { ServerCall } from './server-call.ts';

/** How long and how many ended connections stay visible in the control API (ours). */
const KEEP_ENDED_MS = 3600 * 1000;
const KEEP_ENDED = 1000;

/** How many calls run at once (ours). */
const MAX_RUNNING = 10_000;

export class CallStore {
  readonly #clock: Clock;
  /** Those that run; the oldest first. */
  readonly #serverCalls = new Map<string, ServerCall>();
  readonly #connections = new Map<string, Connection>();
  /** In the order in which they ended. */
  readonly #ended: Connection[] = [];
  /** Calls that ring as IncomingCall, by their incomingCallContext. */
  readonly incoming = new Map<string, IncomingCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** 429/8516 when too many calls run. */
  addCall(call: ServerCall): ServerCall {
    this.#forgetUnseen();
    if (this.#serverCalls.size >= MAX_RUNNING) {
      const mend = 'hang up some of them, or POST /emulator/reset';
      throw new AcsError(429, '8516', `${MAX_RUNNING} calls are running, more than the emulator keeps: ${mend}.`);
    }
    this.#serverCalls.set(call.serverCallId, call);
    return call;
  }

  removeCall({ serverCallId }: ServerCall): void {
    this.#serverCalls.delete(serverCallId);
  }

  addConnection(connection: Connection): void {
    this.#connections.set(connection.callConnectionId, connection);
  }

  /** Keeps an ended connection for a while, and forgets those that ended long before it. */
  retire(connection: Connection): void {
    this.#ended.push(connection);
    const oldestMs = this.#clock.now() - KEEP_ENDED_MS;
    for (let first = this.#ended[0]; first !== undefined; first = this.#ended[0]) {
      if (this.#ended.length <= KEEP_ENDED && (first.endedAtMs ?? 0) >= oldestMs) {
        return;
      }
      this.#connections.delete(first.callConnectionId);
      this.#ended.shift();
    }
  }

  /** The connection, ended or not. */
  connection(callConnectionId: string): Connection | undefined {
    return this.#connections.get(callConnectionId.toLowerCase());
  }

  /** All connections, the oldest first. */
  connections(): Connection[] {
    return [...this.#connections.values()];
  }

  /** A running call by its server call id. */
  running(serverCallId: string): ServerCall | undefined {
    return this.#serverCalls.get(serverCallId);
  }

  /** Everybody who rings now, the oldest calls first. */
  ringings(): Ringing[] {
    return [...this.#serverCalls.values()].flatMap(({ ringings }) => [...ringings]);
  }

  /** The running calls that began before a time, the oldest first. */
  startedBefore(timeMs: number): ServerCall[] {
    const calls: ServerCall[] = [];
    for (const call of this.#serverCalls.values()) {
      if (call.startedAtMs >= timeMs) {
        break;
      }
      calls.push(call);
    }
    return calls;
  }

  /** The running call of a room or group. */
  runningIn(setting: 'room' | 'group', id: string): ServerCall | undefined {
    return [...this.#serverCalls.values()].find((call) => call.setting === setting && call.settingId === id);
  }

  /** Nobody controls what a transfer left behind: people may talk there for ever, unseen. */
  #forgetUnseen(): void {
    for (const call of this.startedBefore(this.#clock.now() - KEEP_ENDED_MS)) {
      if (call.connections.size + call.ringings.size === 0 && runningRecording(call) === undefined) {
        this.removeCall(call);
      }
    }
  }
}
