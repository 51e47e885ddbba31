/** One emulated ACS resource: all state of one emulator, and nothing in module scope. */

import { BoundedMap } from './bounded-map.ts';
import type { CallContext } from './calls/call-context.ts';
import type { Reactions } from './calls/call-events.ts';
import { CallStore } from './calls/call-store.ts';
import type { Invite } from './calls/model.ts';
import { manualClock, realClock } from './clock.ts';
import { Outbox } from './delivery/outbox.ts';
import type { Environment, Settings } from './environment.ts';
import type { DeadLetter } from './event-grid/publish.ts';
import type { Subscriptions } from './event-grid/subscription.ts';
import { Faults } from './faults.ts';
import { Repeatability } from './http/repeatability.ts';
import { Log } from './log.ts';
import { MediaStore } from './media/media-store.ts';
import { Sounds } from './media/sounds.ts';
import type { OperationResult } from './operations/operation-result.ts';
import { Parties } from './parties/party.ts';
import { Random } from './random.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import type { Room } from './rooms/room.ts';
import { StreamSockets } from './streaming/stream-sockets.ts';
import { StreamStore } from './streaming/stream-store.ts';

/** How many are kept (chosen here): a new one replaces the oldest. */
const KEEP_ROOMS = 10_000;
const KEEP_IDENTITIES = 10_000;

/** The state that a reset keeps. */
export interface LastingState extends Pick<Environment, 'settings' | 'tokens' | 'poster' | 'endpoints'> {
  readonly subscriptions: Subscriptions;
}

/** The state that a reset replaces. */
interface FreshState extends Pick<Environment, 'clock' | 'random' | 'log' | 'faults' | 'outbox'> {
  calls: CallStore;
  parties: Parties;
  media: MediaStore;
  sounds: Sounds;
  recordings: RecordingStore;
  streams: StreamStore;
  sockets: StreamSockets;
  /** Raw ids of the owned phone numbers; none means that any number may be used as caller id. */
  numbers: Set<string>;
  rooms: Map<string, Room>;
  /** Creation time of each user, by raw id. */
  identities: Map<string, number>;
  deadLetters: DeadLetter[];
  answers: Repeatability<OperationResult>;
}

/** What `composition.ts` connects: calls know the other parts by these only. */
type Connections = Pick<CallContext, 'emit' | 'reachesApplication'>;

export type Resource = LastingState & FreshState & Connections;

/** A resource whose parts react to what happens in its calls, and say who of those who are called is an application. */
export function assembleResource(
  lasting: LastingState,
  reactions: Reactions<Resource>,
  reachesApplication: (resource: Resource, invite: Invite) => boolean,
): Resource {
  const resource: Resource = {
    ...lasting,
    ...freshState(lasting.settings),
    emit(name, event) {
      for (const react of reactions[name]) {
        react(resource, event);
      }
    },
    reachesApplication: (invite) => reachesApplication(resource, invite),
  };
  return resource;
}

/** Removes everything but keys and subscriptions, and restarts the seed and a manual clock. */
export function resetResource(resource: Resource): void {
  stopResource(resource);
  Object.assign(resource, freshState(resource.settings));
}

/** Drops every timer, every stream and the files of recordings. */
export function stopResource({ clock, recordings, sockets }: Resource): void {
  clock.stop();
  recordings.close();
  sockets.close();
}

function freshState(settings: Settings): FreshState {
  const clock = settings.clock === 'manual' ? manualClock() : realClock();
  const random = new Random(settings.seed);
  const log = new Log(clock, settings.onLogEntry);
  const faults = new Faults(random, clock);
  const recordings = new RecordingStore(clock);
  return {
    clock,
    random,
    log,
    faults,
    outbox: new Outbox(clock, faults, log),
    calls: new CallStore(clock, (call) => recordings.runningIn(call) !== undefined),
    parties: new Parties(),
    media: new MediaStore(),
    sounds: new Sounds(clock, log),
    recordings,
    streams: new StreamStore(random),
    sockets: new StreamSockets(),
    numbers: new Set(),
    rooms: new BoundedMap(KEEP_ROOMS),
    identities: new BoundedMap(KEEP_IDENTITIES),
    deadLetters: [],
    answers: new Repeatability(clock),
  };
}
