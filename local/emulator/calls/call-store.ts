/** The calls of a resource, bounded: ended ones are forgotten by age and by number. */

import type { Clock } from '../clock.ts';
import type { Connection } from './connection.ts';
import type { IncomingCall } from './incoming-call.ts';
import type { ServerCall } from './server-call.ts';

/** How long and how many ended connections stay visible in the control API (ours). */
const KEEP_ENDED_MS = 3600 * 1000;
const KEEP_ENDED = 1000;

export class CallStore {
  readonly #clock: Clock;
  readonly #serverCalls = new Map<string, ServerCall>();
  readonly #connections = new Map<string, Connection>();
  /** Calls that ring as IncomingCall, by their incomingCallContext. */
  readonly incoming = new Map<string, IncomingCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addCall(call: ServerCall): ServerCall {
    this.#serverCalls.set(call.serverCallId, call);
    return call;
  }

  addConnection(connection: Connection): void {
    this.#forgetEnded();
    this.#connections.set(connection.callConnectionId, connection);
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
    const call = this.#serverCalls.get(serverCallId);
    return call?.endedAtMs === undefined ? call : undefined;
  }

  /** The running call of a room or group. */
  runningIn(setting: 'room' | 'group', id: string): ServerCall | undefined {
    return [...this.#serverCalls.values()].find(
      (call) => call.setting === setting && call.settingId === id && call.endedAtMs === undefined,
    );
  }

  #forgetEnded(): void {
    const ended = this.connections().filter(({ endedAtMs }) => endedAtMs !== undefined);
    const oldest = this.#clock.now() - KEEP_ENDED_MS;
    ended.forEach(({ callConnectionId, endedAtMs = 0 }, index) => {
      if (endedAtMs < oldest || index < ended.length - KEEP_ENDED) this.#connections.delete(callConnectionId);
    });
    for (const { serverCallId, ...call } of this.#serverCalls.values()) {
      // Nobody controls what a transfer left behind: people may talk there for ever, unseen.
      const isUnseen = call.connections.size + call.ringings.size === 0 && call.startedAtMs < oldest;
      if (call.endedAtMs !== undefined || isUnseen) this.#serverCalls.delete(serverCallId);
    }
  }
}
