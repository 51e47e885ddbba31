/** The stream subscriptions of each application in a call. */

import type { Connection } from '../calls/model.ts';
import type { Random } from '../random.ts';
import type { MediaStreamingOptions, TranscriptionOptions } from './options.ts';
import { type StreamSubscriptions, subscribe } from './subscription.ts';

const NONE: StreamSubscriptions = { mediaStreaming: undefined, transcription: undefined };

export class StreamStore {
  readonly #random: Random;
  readonly #byConnection = new WeakMap<Connection, StreamSubscriptions>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Takes the options of create, answer or connect. */
  subscribe(connection: Connection, media?: MediaStreamingOptions, transcription?: TranscriptionOptions): void {
    this.#byConnection.set(connection, subscribe(this.#random, media, transcription));
  }

  of(connection: Connection): StreamSubscriptions {
    return this.#byConnection.get(connection) ?? NONE;
  }
}
