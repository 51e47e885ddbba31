/** Sequences that watch a call: the events that they wait for are kept in its record, in the order of arrival. Pure. */
import type { EventKind } from './event.ts';

/** An event, by its position among those that its watcher received. */
export interface WatchedEvent {
  readonly position: number;
  readonly event: string;
  readonly at: string;
  readonly operationId?: string;
}

/** One sequence that watches. */
export interface Watcher {
  readonly kinds: readonly EventKind[];
  /** The number of events that arrived, also those that are no longer kept. */
  readonly received: number;
  readonly events: readonly WatchedEvent[];
}

export type Watchers = Readonly<Record<string, Watcher>>;

/** The part of a call that its watchers are. */
interface Watched {
  readonly watchers?: Watchers;
  readonly sequenceIds?: readonly string[];
}

/** A watcher that falls so far behind misses the oldest. */
const maxKept = 100;

/** A call that more sequences work on does not name the later ones (chosen here). */
const maxSequences = 100;

/** The call with one more sequence that has worked on it. */
export function withSequence<Call extends Watched>(call: Call, id: string): Call {
  const { sequenceIds = [] } = call;
  return sequenceIds.includes(id) ? call : { ...call, sequenceIds: [...sequenceIds, id].slice(0, maxSequences) };
}

/** The call with one more watcher; one that watches already stays as it is. */
export function withWatcher<Call extends Watched>(call: Call, id: string, kinds: readonly EventKind[]): Call {
  const watcher: Watcher = { kinds, received: 0, events: [] };
  return { ...withSequence(call, id), watchers: { [id]: watcher, ...call.watchers } };
}

/** The call without a watcher. */
export function withoutWatcher<Call extends Watched>(call: Call, id: string): Call {
  const { [id]: _, ...watchers } = { ...call.watchers };
  return { ...call, watchers };
}

/** The call after its watchers received an event. */
export function notifyWatchers<Call extends Watched>(
  call: Call,
  { kind, at, operationId }: { readonly kind: string; readonly at: string; readonly operationId?: string | undefined },
): Call {
  if (!call.watchers) {
    return call;
  }
  const watchers = Object.entries(call.watchers).map(([id, watcher]): [string, Watcher] => {
    const position = watcher.received + 1;
    const event: WatchedEvent = { position, event: kind, at, ...(operationId !== undefined && { operationId }) };
    const isWanted = (watcher.kinds as readonly string[]).includes(kind);
    return [
      id,
      isWanted ? { ...watcher, received: position, events: [...watcher.events, event].slice(-maxKept) } : watcher,
    ];
  });
  return { ...call, watchers: Object.fromEntries(watchers) };
}
