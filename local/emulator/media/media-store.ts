/** The media of each application in a call: the queue of its operations, and the music of those whom it holds. */

import type { Connection } from '../calls/model.ts';
import { MediaQueue } from './media-queue.ts';

/** The music that a participant on hold hears, over and over. */
export interface HoldMusic {
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
}

export interface ConnectionMedia {
  readonly queue: MediaQueue;
  /** By raw id. */
  readonly holdMusic: Map<string, HoldMusic>;
}

export class MediaStore {
  readonly #byConnection = new WeakMap<Connection, ConnectionMedia>();

  of(connection: Connection): ConnectionMedia {
    const known = this.#byConnection.get(connection);
    if (known !== undefined) {
      return known;
    }
    const media = { queue: new MediaQueue(), holdMusic: new Map() };
    this.#byConnection.set(connection, media);
    return media;
  }
}
