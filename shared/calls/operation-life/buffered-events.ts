/** The event buffer of a call: events that arrived before the response to the operation that they name was stored. Pure. */
import type { CallEvent, EventKind, RawEvent } from '../event.ts';
import type { Outcome } from './outcome.ts';
import type { Settlement } from './settlement.ts';

/** What the buffered events of one operation report. */
export interface BufferedEvents {
  /** When the first event arrived. */
  readonly since: string;
  readonly outcome?: Outcome;
  /** The participants whose events have reported the outcome so far. */
  readonly participants: readonly string[];
  /** The events, for their subscribers once it is known which operation they name. */
  readonly events: readonly RawEvent[];
}

/** The part of a call that the buffer is. */
interface Buffering {
  readonly buffered: Readonly<Record<string, BufferedEvents>>;
}

/** Keeps the outcome that an event reports. A failure stands, whatever the events of other participants report before or after it. */
export function bufferOutcome<Call extends Buffering>(
  call: Call,
  operationId: string,
  outcome: Outcome,
  { participant }: CallEvent,
): Call {
  const known = bufferedOf(call, operationId, outcome.settledAt);
  return withBuffered(call, operationId, {
    ...known,
    outcome: known.outcome?.status === 'failed' ? known.outcome : outcome,
    participants: [...known.participants, ...(participant === undefined ? [] : [participant])],
  });
}

/** Keeps the event itself until its subscribers are known. */
export function bufferEvent<Call extends Buffering>(
  call: Call,
  operationId: string,
  event: RawEvent,
  now: string,
): Call {
  const known = bufferedOf(call, operationId, now);
  return withBuffered(call, operationId, { ...known, events: [...known.events, event] });
}

/**
 * The outcome that the buffered events report of an operation about these participants, unless each has an event of its own
 * and some are missing; `left` are those.
 */
export function bufferedOutcome(
  buffered: BufferedEvents | undefined,
  settlement: Settlement | undefined,
  about: readonly string[],
): { readonly outcome: Outcome | undefined; readonly left: readonly string[] } {
  const left =
    settlement?.by === 'event' && settlement.each
      ? about.filter((one) => !buffered?.participants.includes(one))
      : about;
  const isPartial = left !== about && left.length > 0 && buffered?.outcome?.status === 'succeeded';
  return { outcome: isPartial ? undefined : buffered?.outcome, left };
}

/** Whether an event that need not name its operation arrived after that was requested, and so before ACS responded. */
export function wasConfirmedSince(
  call: { readonly lastEventAt?: Readonly<Partial<Record<EventKind, string>>> },
  settlement: Settlement,
  requestedAt: string,
): boolean {
  const kinds = settlement.by === 'event' && settlement.anyContext ? settlement.success : [];
  return kinds.some((kind) => (call.lastEventAt?.[kind] ?? '') >= requestedAt);
}

/** The call without the buffered events of an operation. */
export function withoutBuffered<Call extends Buffering>(call: Call, operationId: string): Call {
  const { [operationId]: _, ...others } = call.buffered;
  return { ...call, buffered: others };
}

function bufferedOf(call: Buffering, operationId: string, now: string): BufferedEvents {
  return call.buffered[operationId] ?? { since: now, participants: [], events: [] };
}

function withBuffered<Call extends Buffering>(call: Call, operationId: string, buffered: BufferedEvents): Call {
  return { ...call, buffered: { ...call.buffered, [operationId]: buffered } };
}
