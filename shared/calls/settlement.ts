/** How an event settles operations: the one it names, those its participant list shows, and those that a call's end leaves open. */
import {
  type CallRecord,
  type Early,
  hasEnded,
  type OpenOperation,
  type OperationError,
  type Outcome,
  type Participant,
} from './call.ts';
import type { CallEvent, EventKind } from './event.ts';
import { applyEvent } from './transitions.ts';

/** Whether a list of participants shows that an operation about some of them took effect. */
export type Shows = (participants: readonly Participant[], about: readonly string[]) => boolean;

type Kinds = readonly [EventKind, ...EventKind[]];

/** An operation that ends with an event that carries its id as `operationContext`. */
export interface SettledByEvent {
  readonly by: 'event';
  readonly success: Kinds;
  readonly failure: Kinds;
  /** After this long without the event, the operation is looked up at ACS instead. */
  readonly withinSeconds: number;
  /** For operations that a read of the participant list can confirm. */
  readonly shows?: Shows;
  /** ACS raises one event for each participant it is about: all of them must tell success. */
  readonly each?: true;
  /** DiagCode of a call's end that tells success, for an operation that ends our part of the call. */
  readonly endSubCode?: number;
}

/** What ends an operation once ACS took it. */
export type Settlement =
  | { readonly by: 'response' }
  | SettledByEvent
  | { readonly by: 'callEnd'; readonly withinSeconds: number }
  | { readonly by: 'participants'; readonly shows: Shows; readonly withinSeconds: number };

/** The settlement of each operation, by its name. */
export type Settlements = ReadonlyMap<string, Settlement>;

/** One operation that settled, and how. */
export interface Settled {
  readonly operationId: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** DiagCode of an invitation that was canceled before anybody answered it. */
const canceledSubCode = 8542;

/** The call after an event, and the open operations it settled. Pure; see `applyEvent` for what order means. */
export function takeEvent(
  before: CallRecord,
  event: CallEvent,
  settlements: Settlements,
  now: string,
): { readonly call: CallRecord; readonly settled: readonly Settled[] } {
  let call = countOff(applyEvent(before, event), event, settlements);
  const settled: Settled[] = [];
  const named = outcomeByName(call, event, settlements, now);
  for (const [operationId, operation] of Object.entries(call.open)) {
    const outcome =
      operationId === event.operationContext && named
        ? named
        : outcomeBySight(call, event, operation, settlements.get(operation.name), now);
    if (outcome) {
      const one = { operationId, name: operation.name, outcome };
      // An event that tells what the call's end told already leaves the outcome as its readers saw it.
      if (operation.presumed !== outcome.status) {
        settled.push(one);
      }
      call = closeOperation(call, one);
    }
  }
  if (named && event.operationContext !== undefined && before.open[event.operationContext] === undefined) {
    const known = call.early[event.operationContext];
    call = { ...call, early: { ...call.early, [event.operationContext]: toldEarly(known, named, event) } };
  }
  return { call, settled };
}

/** A failure stands, whatever the events of other participants tell before or after it. */
function toldEarly(known: Early | undefined, outcome: Outcome, { participant }: CallEvent): Early {
  const participants = [...(known?.participants ?? []), ...(participant === undefined ? [] : [participant])];
  return { outcome: known?.outcome.status === 'failed' ? known.outcome : outcome, participants };
}

/**
 * What events that overtook the answer of ACS tell of an operation about these participants: its outcome, unless each
 * has an event of its own and some have not come; `left` are those.
 */
export function outcomeOfEarly(
  early: Early | undefined,
  settlement: Settlement | undefined,
  about: readonly string[],
): { readonly outcome: Outcome | undefined; readonly left: readonly string[] } {
  const left =
    settlement?.by === 'event' && settlement.each ? about.filter((one) => !early?.participants.includes(one)) : about;
  const isPartial = left !== about && left.length > 0 && early?.outcome.status === 'succeeded';
  return { outcome: isPartial ? undefined : early?.outcome, left };
}

/** Takes an operation off the open ones. One that only the call's end settled stays, for the event that tells better. */
export function closeOperation(call: CallRecord, { operationId, outcome }: Settled): CallRecord {
  const { [operationId]: operation, ...open } = call.open;
  if (operation && outcome.presumed) {
    return { ...call, open: { ...open, [operationId]: { ...operation, presumed: outcome.status } } };
  }
  return { ...call, open };
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
  if (tellsSuccess || (settlement?.by === 'event' && settlement.shows?.([], about))) {
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
function countOff(call: CallRecord, event: CallEvent, settlements: Settlements): CallRecord {
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
  const name = operation?.name;
  const candidates = name === undefined ? [...settlements.values()] : [settlements.get(name)];
  for (const settlement of candidates) {
    if (settlement?.by === 'event' && settlement.success.includes(event.kind)) {
      return settlement.each && operation && operation.about.length > 0 ? undefined : succeeded(now);
    }
    if (settlement?.by === 'event' && settlement.failure.includes(event.kind)) {
      return failed(event, now);
    }
  }
  return undefined;
}

function outcomeBySight(
  call: CallRecord,
  event: CallEvent,
  operation: OpenOperation,
  settlement: Settlement | undefined,
  now: string,
): Outcome | undefined {
  if (event.kind === 'CancelAddParticipantSucceeded' && isInvitation(operation, event)) {
    return { ...succeeded(now), status: 'canceled' };
  }
  if (event.kind === 'ParticipantsUpdated' && settlement?.by === 'participants') {
    return settlement.shows(event.participants ?? [], operation.about) ? succeeded(now) : undefined;
  }
  return hasEnded(call) && !operation.presumed ? outcomeOfCallEnd(call, settlement, operation.about, now) : undefined;
}

function isInvitation(operation: OpenOperation, event: CallEvent): boolean {
  return operation.invitationId !== undefined && operation.invitationId === event.invitationId;
}

function succeeded(now: string): Outcome {
  return { status: 'succeeded', settledBy: 'event', settledAt: now };
}

function failed(event: CallEvent, now: string): Outcome {
  const { kind, result } = event;
  if (kind === 'AddParticipantFailed' && result?.subCode === canceledSubCode) {
    return { ...succeeded(now), status: 'canceled' };
  }
  const error: OperationError = {
    code: `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`,
    message: result?.message || `ACS reported ${kind}.`,
    source: 'acs',
    ...(result && { acsCode: String(result.code), acsSubCode: result.subCode }),
  };
  return { status: 'failed', settledBy: 'event', settledAt: now, error };
}
