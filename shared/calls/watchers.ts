/** Sequences that watch a call: the events that they wait for are kept for them, in the order in which they came. Pure. */
import type { CallRecord } from './call.ts';
import type { EventKind } from './event.ts';

/** An event, by its place among those that its watcher heard. */
export interface WatchedEvent {
  readonly position: number;
  readonly event: string;
  readonly at: string;
  readonly operationId?: string;
}

/** One that watches. */
export interface Watcher {
  readonly kinds: readonly EventKind[];
  /** How many events came, also those that are not kept any more. */
  readonly received: number;
  readonly events: readonly WatchedEvent[];
}

export type Watchers = Readonly<Record<string, Watcher>>;

/** A watcher that falls so far behind misses the oldest. */
const maxKept = 100;

/** A watcher that has heard nothing. */
function newWatcher(kinds: readonly EventKind[]): Watcher {
  return { kinds, received: 0, events: [] };
}

/** The call with one more watcher; one that watches already goes on as it is. */
export function withWatcher(call: CallRecord, id: string, kinds: readonly EventKind[]): CallRecord {
  return { ...call, watchers: { [id]: newWatcher(kinds), ...call.watchers } };
}

/** The call without a watcher. */
export function withoutWatcher(call: CallRecord, id: string): CallRecord {
  const { [id]: _, ...watchers } = { ...call.watchers };
  return { ...call, watchers };
}

/** The call after its watchers heard an event. */
export function notifyWatchers(
  call: CallRecord,
  { kind, at, operationId }: { readonly kind: string; readonly at: string; readonly operationId?: string | undefined },
): CallRecord {
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
