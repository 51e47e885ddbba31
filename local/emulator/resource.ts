/** One emulated ACS resource: all state of one emulator, and nothing in module scope. */

import { BoundedMap } from './bounded-map.ts';
import type { TokenSigner } from './callbacks/token-signer.ts';
import { CallStore } from './calls/call-store.ts';
import { type Clock, type ManualClock, manualClock, realClock } from './clock.ts';
import { Outbox } from './delivery/outbox.ts';
import type { Poster } from './delivery/post.ts';
import type { DeadLetter } from './event-grid/publish.ts';
import type { Subscriptions } from './event-grid/subscription.ts';
import { Faults } from './faults.ts';
import { Repeatability } from './http/repeatability.ts';
import { Log, type LogEntry } from './log.ts';
import { Sounds } from './media/sounds.ts';
import type { Outcome } from './operations/operation.ts';
import { Parties } from './parties/party.ts';
import { Random } from './random.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import type { Room } from './rooms/room.ts';
import { StreamSockets } from './streaming/stream-sockets.ts';

/** How many are kept (ours): the oldest go when others come. */
const KEEP_ROOMS = 10_000;
const KEEP_IDENTITIES = 10_000;

/** What stays the same for the life of the emulator. */
interface Settings {
  readonly accessKey: string;
  readonly publicUrl: string | undefined;
  readonly noAuth: boolean;
  readonly seed: number;
  readonly clock: 'real' | 'manual';
  readonly recordingChunkSeconds: number;
  readonly onLogEntry: (entry: LogEntry) => void;
}

/** Where the emulator is reached, known once it listens. */
export interface Endpoints {
  /** The http listener. */
  readonly url: string;
  /** Where clients are told to go: the public URL if there is one, else the http listener. */
  readonly publicUrl: string;
  readonly httpsUrl: string | undefined;
  readonly caFile: string | undefined;
}

/** What a reset leaves alone. */
interface Lasting {
  readonly settings: Settings;
  readonly tokens: TokenSigner;
  readonly poster: Poster;
  readonly subscriptions: Subscriptions;
  readonly endpoints: () => Endpoints;
}

/** What a reset starts anew. */
interface Fresh {
  clock: Clock | ManualClock;
  random: Random;
  log: Log;
  faults: Faults;
  outbox: Outbox;
  calls: CallStore;
  parties: Parties;
  recordings: RecordingStore;
  sounds: Sounds;
  /** Raw ids of the owned phone numbers; none means that any number may be used as caller id. */
  numbers: Set<string>;
  rooms: Map<string, Room>;
  /** When each user was made, by raw id. */
  identities: Map<string, number>;
  deadLetters: DeadLetter[];
  answers: Repeatability<Outcome>;
  sockets: StreamSockets;
}

export type Resource = Lasting & Fresh;

export function createResource(lasting: Lasting): Resource {
  return { ...lasting, ...fresh(lasting.settings) };
}

/** Forgets everything but keys and subscriptions, and starts the seed and a manual clock again. */
export function resetResource(resource: Resource): void {
  stopResource(resource);
  Object.assign(resource, fresh(resource.settings));
}

/** Drops every timer, every stream and the files of recordings. */
export function stopResource({ clock, recordings, sockets }: Resource): void {
  clock.stop();
  recordings.close();
  sockets.close();
}

function fresh(settings: Settings): Fresh {
  const clock = settings.clock === 'manual' ? manualClock() : realClock();
  const random = new Random(settings.seed);
  const log = new Log(clock, settings.onLogEntry);
  const faults = new Faults(random, clock);
  return {
    clock,
    random,
    log,
    faults,
    outbox: new Outbox(clock, faults, log),
    calls: new CallStore(clock),
    parties: new Parties(),
    recordings: new RecordingStore(clock),
    sounds: new Sounds(clock, log),
    numbers: new Set(),
    rooms: new BoundedMap(KEEP_ROOMS),
    identities: new BoundedMap(KEEP_IDENTITIES),
    deadLetters: [],
    answers: new Repeatability(clock),
    sockets: new StreamSockets(),
  };
}
