/** The calls of a resource. Their number is bounded: ended ones are removed by age and by number. */

import type { Clock } from '../clock.ts';
import { AcsError } from '../http/acs-error.ts';
import type { CallKind, Connection, IncomingCall, RingingPhone, ServerCall } from './model.ts';

/** How long and how many ended connections stay visible in the control API (chosen here). */
const KEEP_ENDED_MS = 3600 * 1000;
const KEEP_ENDED = 1000;

/** How many calls run at once (chosen here). */
const MAX_RUNNING = 10_000;

export class CallStore {
  readonly #clock: Clock;
  readonly #isRecorded: (call: ServerCall) => boolean;
  /** Those that run; the oldest first. */
  readonly #serverCalls = new Map<string, ServerCall>();
  readonly #connections = new Map<string, Connection>();
  /** In the order in which they ended. */
  readonly #ended: Connection[] = [];
  /** Calls that ring as IncomingCall, by their incomingCallContext. */
  readonly incoming = new Map<string, IncomingCall>();

  /** A call without applications is kept as long as it is recorded. */
  constructor(clock: Clock, isRecorded: (call: ServerCall) => boolean) {
    this.#clock = clock;
    this.#isRecorded = isRecorded;
  }

  /** 429/8516 when too many calls run. */
  addCall(call: ServerCall): ServerCall {
    this.#removeUncontrolled();
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

  /** Keeps an ended connection for a while, and removes those that ended long before it. */
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

  /** Every phone that rings now, the oldest calls first. */
  ringing(): RingingPhone[] {
    return [...this.#serverCalls.values()].flatMap(({ ringing }) => [...ringing]);
  }

  /** The running calls that started before a time, the oldest first. */
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
  runningIn(kind: Exclude<CallKind, 'direct'>, joinId: string): ServerCall | undefined {
    return [...this.#serverCalls.values()].find((call) => call.kind === kind && call.joinId === joinId);
  }

  /** Removes old calls that no application controls: after a transfer, people may stay in such a call without an end. */
  #removeUncontrolled(): void {
    for (const call of this.startedBefore(this.#clock.now() - KEEP_ENDED_MS)) {
      if (call.connections.size + call.ringing.size === 0 && !this.#isRecorded(call)) {
        this.removeCall(call);
      }
    }
  }
}
