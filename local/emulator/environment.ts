/** What every part of the emulator works with: settings, keys, time, randomness, the log, faults and the way out. */

import type { TokenSigner } from './callbacks/token-signer.ts';
import type { Clock, ManualClock } from './clock.ts';
import type { Outbox } from './delivery/outbox.ts';
import type { Poster } from './delivery/post.ts';
import type { Faults } from './faults.ts';
import type { Log, LogEntry } from './log.ts';
import type { Random } from './random.ts';

/** The settings of an emulator, which never change while it runs. */
export interface Settings {
  readonly accessKey: string;
  readonly publicUrl: string | undefined;
  readonly noAuth: boolean;
  readonly seed: number;
  readonly clock: 'real' | 'manual';
  readonly recordingChunkSeconds: number;
  readonly participantsPageSize: number;
  readonly onLogEntry: (entry: LogEntry) => void;
}

/** The addresses of the emulator, known once it listens. */
export interface Endpoints {
  /** The http listener. */
  readonly url: string;
  /** The address that clients use: the public URL if there is one, else the http listener. */
  readonly publicUrl: string;
  readonly httpsUrl: string | undefined;
  readonly caFile: string | undefined;
  readonly bundleFile: string | undefined;
}

export interface Environment {
  readonly settings: Settings;
  readonly tokens: TokenSigner;
  readonly poster: Poster;
  readonly endpoints: () => Endpoints;
  readonly clock: Clock | ManualClock;
  readonly random: Random;
  readonly log: Log;
  readonly faults: Faults;
  readonly outbox: Outbox;
}
