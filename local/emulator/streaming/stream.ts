/** A stream from its start to its end: opening the socket, its events, and every way in which it ends. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import { ACTION_COMPLETED } from '../media/results.ts';
import { RESOURCE_ID } from '../options.ts';
import type { Frame } from './frames.ts';
import type { StreamSocket } from './socket.ts';
import type { StreamContext } from './stream-context.ts';
import type { StreamKind } from './stream-kind.ts';
import type { StatusDetails, StatusEvent, Trouble } from './stream-status.ts';
import type { RunningStream } from './subscription.ts';

/** ACS documents 24 hours for the token of a WebSocket. */
const TOKEN_SECONDS = 24 * 3600;

export class Stream implements RunningStream {
  readonly #context: StreamContext;
  readonly #connection: Connection;
  readonly #kind: StreamKind;
  /** The start's: failures carry its context, and so do events whose request named none (ACS-R5). */
  readonly #start: OperationReference;
  #state: 'opening' | 'active' | 'over' = 'opening';
  #opening: Promise<void> | undefined;
  #socket: StreamSocket | undefined;
  #endFeed: Cancel = () => undefined;
  #frames = 0;

  constructor(context: StreamContext, connection: Connection, kind: StreamKind, start: OperationReference) {
    this.#context = context;
    this.#connection = connection;
    this.#kind = kind;
    this.#start = start;
    kind.subscription.stream = this;
  }

  get isActive(): boolean {
    return this.#state === 'active';
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** Connects and starts to send; the Started or the Failed event follows. */
  open(): Promise<void> {
    this.#opening = this.#connect();
    return this.#opening;
  }

  /**
   * Ends with the Stopped event, after an attempt to connect, so that each request has its own event. With a failure
   * the Failed event follows and the stream goes on.
   */
  async stop(reference: OperationReference, failure?: ResultInformation): Promise<void> {
    await this.#opening;
    if (failure !== undefined) {
      return this.raise(this.#kind.statusEvent('Failed', 'unspecifiedError'), reference, failure);
    }
    this.#end();
    this.raise(this.#kind.statusEvent('Stopped', 'subscriptionStopped'), reference);
  }

  /** Ends with the Failed event. */
  fail(details: StatusDetails, result: ResultInformation): void {
    this.#end();
    this.raise(this.#kind.statusEvent('Failed', details), this.#start, result);
  }

  /** Ends without an event, because the call is over. */
  close(): void {
    this.#end();
  }

  /** Raises an event of the stream. */
  raise(
    { event, update }: StatusEvent,
    { operationContext = this.#start.operationContext, operationCallbackUri }: OperationReference,
    resultInformation = ACTION_COMPLETED,
  ): void {
    const reference = { operationContext, operationCallbackUri };
    raise(this.#context, this.#connection, event, { ...update, resultInformation }, reference);
  }

  async #connect(): Promise<void> {
    const { tokens, clock, sockets } = this.#context;
    const { correlationId, callConnectionId } = this.#connection;
    const { transportUrl } = this.#kind.subscription;
    if (this.isOver) {
      return;
    }
    if (transportUrl === undefined) {
      return this.#break('streamUrlMissing');
    }
    const token = await tokens.sign(clock, { audience: RESOURCE_ID, expiresInSeconds: TOKEN_SECONDS });
    const socket = await sockets.connect({
      url: transportUrl,
      headers: {
        Authorization: `Bearer ${token}`,
        'x-ms-call-correlation-id': correlationId,
        'x-ms-call-connection-id': callConnectionId,
      },
      onMessage: (message) => this.#kind.receive(message),
      // External events pass through the clock, so that a script on a manual clock has one order.
      onLost: () => void clock.schedule(0, () => this.#lose()),
    });
    if (this.isOver) {
      return socket.terminate();
    }
    this.#socket = socket;
    const opening = await socket.opened;
    if (opening === 'open') {
      await this.#begin();
    } else if (opening !== 'closed') {
      this.#log(`${this.#kind.name}: ${opening}`);
      this.#break(opening === 'refused' ? 'streamConnectionUnsuccessful' : 'initialWebSocketConnectionFailed');
    }
  }

  async #begin(): Promise<void> {
    this.#state = 'active';
    this.#log(`${this.#kind.name}: opened`);
    const send = (frame: Frame): Promise<void> => this.#send(frame);
    await send(this.#kind.metadata(this.#connection));
    if (!this.isActive) {
      return;
    }
    this.#endFeed = this.#kind.feed(this.#context, this.#connection, send);
    this.raise(this.#kind.statusEvent('Started', 'subscriptionStarted'), this.#start);
  }

  /**
   * ACS has no event for a restored connection. Not documented; chosen here: the emulator does not reconnect, the app
   * may start again.
   */
  #lose(): void {
    if (this.isActive) {
      this.#break('streamConnectionInterrupted');
    }
  }

  #break(trouble: Trouble): void {
    this.fail(trouble, this.#kind.troubles[trouble]);
  }

  async #send(frame: Frame): Promise<void> {
    if (this.#state !== 'active') {
      return;
    }
    const { sent } = this.#kind.subscription;
    this.#frames += 1;
    sent[frame.kind] = (sent[frame.kind] ?? 0) + 1;
    await this.#socket?.send(frame);
  }

  #end(): void {
    if (this.#state === 'active') {
      this.#log(`${this.#kind.name}: closed after ${this.#frames} frames`);
    }
    this.#state = 'over';
    this.#endFeed();
    this.#socket?.close();
    if (this.#kind.subscription.stream === this) {
      this.#kind.subscription.stream = undefined;
    }
  }

  #log(note: string): void {
    const { transportUrl } = this.#kind.subscription;
    this.#context.log.add({ kind: 'delivery', ...(transportUrl && { url: transportUrl }), note });
  }
}
