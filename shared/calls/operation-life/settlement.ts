/** How an event settles operations: the one it names, those its participant list shows, and those that a call's end leaves open. */

import {
  type CallRecord,
  hasEnded,
  type OpenOperation,
  type OperationError,
  type Outcome,
  type Participant,
} from '../call.ts';
import type { CallEvent, EventKind } from '../event.ts';
import { applyEvent } from '../transitions.ts';
import { bufferOutcome } from './buffered-events.ts';
import { outcomeOfEvent, succeeded } from './outcome.ts';
import { originIn, withSettled } from './recently-settled.ts';
import { withStartConfirmed } from './start-deadline.ts';

/** Whether a list of participants shows that an operation about some of them took effect. */
export type ParticipantEvidence = (participants: readonly Participant[], about: readonly string[]) => boolean;

type Kinds = readonly [EventKind, ...EventKind[]];

/** An operation that ends with an event that carries its id as `operationContext`. */
export interface SettledByEvent {
  readonly by: 'event';
  readonly success: Kinds;
  readonly failure: readonly EventKind[];
  /** Events that tell that something else canceled it. */
  readonly canceled?: Kinds;
  /**
   * ACS may send the event under the context of the operation that began what this one changes or ends (recorded for
   * TranscriptionUpdated): an event of the kind that names no other open operation settles the first that waits for it.
   */
  readonly anyContext?: true;
  /** After this long without the event, the operation is looked up at ACS instead. */
  readonly withinSeconds: number;
  /** The event that tells its beginning, and how long after the request that comes at the latest. */
  readonly start?: { readonly kind: EventKind; readonly withinSeconds: number };
  /** For operations that a read of the participant list can confirm. */
  readonly evidence?: ParticipantEvidence;
  /** ACS raises one event for each participant it is about: all of them must tell success. */
  readonly each?: true;
  /** DiagCode of a call's end that proves success, for an operation that ends Switchboard's part of the call. */
  readonly endSubCode?: number;
  /** DiagCode of a failure event that reports a cancellation instead. */
  readonly canceledSubCode?: number;
  /** The event that cancels an invitation by its `invitationId`; its context is that of the operation that canceled. */
  readonly invitationCanceledBy?: EventKind;
  /** The operation makes the connection: a read that shows the call connected confirms it. */
  readonly connects?: true;
}

/** What ends an operation once ACS took it. */
export type Settlement =
  | { readonly by: 'response' }
  | SettledByEvent
  | { readonly by: 'callEnd'; readonly withinSeconds: number }
  | {
      readonly by: 'participants';
      readonly evidence: ParticipantEvidence;
      /** May come after a list that shows success (recorded for HoldFailed), and tells better. */
      readonly failure?: Kinds;
      readonly withinSeconds: number;
    };

/** The settlement of each operation, by its name. */
export type Settlements = ReadonlyMap<string, Settlement>;

/** One operation that settled, and how. */
export interface Settled {
  readonly operationId: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** The call after an event, and the open operations it settled. Pure; see `applyEvent` for what order means. */
export function applyAndSettle(
  before: CallRecord,
  raised: CallEvent,
  settlements: Settlements,
  now: string,
): { readonly call: CallRecord; readonly settled: readonly Settled[] } {
  const event = addressed(before, raised, settlements);
  const isForAny = [...settlements.values()].some((one) => tellsInAnyContext(one, event.kind));
  const applied = applyEvent(before, raised);
  const heard = isForAny ? { ...applied, lastEventAt: { ...applied.lastEventAt, [event.kind]: now } } : applied;
  let call = withoutConfirmedParticipant(withStartConfirmed(heard, event, settlements), event, settlements);
  const settled: Settled[] = [];
  const named = outcomeByName(call, event, settlements, now);
  for (const [operationId, operation] of Object.entries(call.open)) {
    const outcome =
      operationId === event.operationContext && named
        ? named
        : outcomeByEvidence(call, event, operation, settlements.get(operation.name), now);
    if (outcome) {
      const one = { operationId, name: operation.name, outcome };
      // An event that tells what the call's end told already leaves the outcome as its readers saw it.
      if (operation.presumed !== outcome.status) {
        settled.push(one);
      }
      call = settleOperation(call, one);
    }
  }
  const id = event.operationContext;
  const isEarly = id !== undefined && originIn(before, id) === undefined;
  return { call: named && isEarly ? bufferOutcome(call, id, named, event) : call, settled };
}

/** Takes an operation off the open ones. One that only the call's end settled stays, for the event that tells better. */
export function settleOperation(call: CallRecord, { operationId, outcome }: Settled): CallRecord {
  const { [operationId]: operation, ...open } = call.open;
  if (operation && outcome.presumed) {
    return { ...call, open: { ...open, [operationId]: { ...operation, presumed: outcome.status } } };
  }
  return withSettled({ ...call, open }, operationId, operation?.origin);
}

/**
 * What becomes of an open operation when its call is over: a hang-up has succeeded, so has what an empty call shows or
 * the way it ended tells; anything else no longer can. All but the hang-up are presumed: their event may be late.
 */
export function outcomeOfCallEnd(
  call: CallRecord,
  settlement: Settlement | undefined,
  about: readonly string[],
  now: string,
): Outcome {
  if (settlement?.by === 'callEnd') {
    return succeeded(now);
  }
  const tellsSuccess =
    settlement?.by === 'event' && settlement.endSubCode === call.end?.acsSubCode && call.end !== undefined;
  if (tellsSuccess || (settlement?.by === 'event' && settlement.evidence?.([], about))) {
    return { ...succeeded(now), presumed: true };
  }
  const error: OperationError = {
    code: 'callEnded',
    message: 'The call ended before the operation settled.',
    source: call.end ? 'acs' : 'app',
    ...(call.end && { acsCode: String(call.end.acsCode), acsSubCode: call.end.acsSubCode }),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, error, presumed: true };
}

/** The participant of a successful event is no longer waited for, where each has an event of its own. */
function withoutConfirmedParticipant(call: CallRecord, event: CallEvent, settlements: Settlements): CallRecord {
  const { operationContext: id, kind, participant } = event;
  const operation = id === undefined ? undefined : call.open[id];
  const settlement = operation && settlements.get(operation.name);
  if (
    id === undefined ||
    !operation ||
    settlement?.by !== 'event' ||
    !settlement.each ||
    !settlement.success.includes(kind)
  ) {
    return call;
  }
  const about = operation.about.filter((one) => one !== participant);
  return { ...call, open: { ...call.open, [id]: { ...operation, about } } };
}

/** When the event overtook the answer of ACS the operation's name is not known: any operation that the kind settles will do. */
function outcomeByName(call: CallRecord, event: CallEvent, settlements: Settlements, now: string): Outcome | undefined {
  if (event.operationContext === undefined) {
    return undefined;
  }
  const operation = call.open[event.operationContext];
  const candidates = operation ? [settlements.get(operation.name)] : [...settlements.values()];
  const outcome = candidates.map((one) => outcomeOfEvent(one, event, now)).find((one) => one !== undefined);
  const [settlement] = candidates;
  const isPartial = operation && operation.about.length > 0 && settlement?.by === 'event' && settlement.each === true;
  return isPartial && outcome?.status === 'succeeded' ? undefined : outcome;
}

/** The event under the context of the operation that it settles, where ACS sends it under another. */
function addressed(call: CallRecord, event: CallEvent, settlements: Settlements): CallEvent {
  const named = call.open[event.operationContext ?? ''];
  if (named && outcomeOfEvent(settlements.get(named.name), event, event.at)) {
    return event;
  }
  const waiting = Object.entries(call.open).find(([, { name }]) =>
    tellsInAnyContext(settlements.get(name), event.kind),
  );
  return waiting ? { ...event, operationContext: waiting[0] } : event;
}

function tellsInAnyContext(settlement: Settlement | undefined, kind: EventKind): boolean {
  return settlement?.by === 'event' && settlement.anyContext === true && settlement.success.includes(kind);
}

/** Whether an event that need not name its operation came after that was asked for, and so before ACS answered. */
export function wasConfirmedSince(call: CallRecord, settlement: Settlement, askedAt: string): boolean {
  const kinds = settlement.by === 'event' && settlement.anyContext ? settlement.success : [];
  return kinds.some((kind) => (call.lastEventAt?.[kind] ?? '') >= askedAt);
}

function outcomeByEvidence(
  call: CallRecord,
  event: CallEvent,
  operation: OpenOperation,
  settlement: Settlement | undefined,
  now: string,
): Outcome | undefined {
  if (settlement?.by === 'event' && settlement.invitationCanceledBy === event.kind && isInvitation(operation, event)) {
    return succeeded(now, 'canceled');
  }
  if (event.kind === 'ParticipantsUpdated' && settlement?.by === 'participants') {
    return settlement.evidence(event.participants ?? [], operation.about)
      ? evidencedOutcome(settlement, now)
      : undefined;
  }
  return hasEnded(call) && !operation.presumed ? outcomeOfCallEnd(call, settlement, operation.about, now) : undefined;
}

/** The success that a participant list shows. */
export function evidencedOutcome(settlement: Settlement, now: string): Outcome {
  const isPresumed = settlement.by === 'participants' && settlement.failure !== undefined;
  return { ...succeeded(now), ...(isPresumed && { presumed: true }) };
}

function isInvitation(operation: OpenOperation, event: CallEvent): boolean {
  return operation.invitationId !== undefined && operation.invitationId === event.invitationId;
}
