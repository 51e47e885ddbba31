/** Applies an event of ACS to a call and its open operations, each of which it may concern in several ways. Pure. */
import { type CallRecord, hasEnded } from '../call.ts';
import type { CallEvent } from '../event.ts';
import { applyEvent } from '../transitions.ts';
import { type Advanced, advance, unadvanced } from './advance.ts';
import { bufferOutcome } from './buffered-events.ts';
import type { Clock, Input } from './life.ts';
import type { OpenOperation } from './open-operation.ts';
import { type Outcome, outcomeOfCallEnd, outcomeOfEvent, succeeded } from './outcome.ts';
import { originIn } from './recently-settled.ts';
import { isConnectedBy, type Settlement, type Settlements, settlesInAnyContext } from './settlement.ts';

/** The call after an event, and the operations that it settled. See `applyEvent` for what the order of events means. */
export function applyAndSettle(
  before: CallRecord,
  raised: CallEvent,
  settlements: Settlements,
  clock: Clock,
): Advanced {
  const event = addressed(before, raised, settlements);
  const isForAny = [...settlements.values()].some((one) => settlesInAnyContext(one, event.kind));
  const applied = applyEvent(before, raised);
  const noted = isForAny ? { ...applied, lastEventAt: { ...applied.lastEventAt, [event.kind]: clock.now } } : applied;
  const call = withoutConfirmedParticipant(noted, event, settlements);
  const reported = reportedOutcome(call, event, settlements, clock.now);
  const id = event.operationContext;
  const advanced = Object.entries(call.open).reduce((state, [operationId, operation]) => {
    const settlement = settlements.get(operation.name);
    const named = operationId === id ? namedInput(event, settlement, reported) : [];
    const inputs = [...named, ...otherInputs(call, event, operation, settlement, clock.now)];
    return inputs.reduce((next, input) => advance(next, operationId, input, settlements, clock), state);
  }, unadvanced(call));
  const isBuffered = reported !== undefined && id !== undefined && originIn(before, id) === undefined;
  return isBuffered ? { ...advanced, call: bufferOutcome(advanced.call, id, reported, event) } : advanced;
}

/** The input that an event is to the operation that it names, if it reports an outcome or proves that ACS accepted it. */
function namedInput(event: CallEvent, settlement: Settlement | undefined, outcome: Outcome | undefined): Input[] {
  if (outcome) {
    return [{ kind: 'event', finding: { evidence: 'event', outcome } }];
  }
  const isByEvent = settlement?.by === 'event';
  const proves = isByEvent && (settlement.start?.kind === event.kind || settlement.success.includes(event.kind));
  return proves ? [{ kind: 'event' }] : [];
}

/** The inputs that an event is to an operation that it need not name: it cancels its invitation, lists participants, ends the call. */
function otherInputs(
  call: CallRecord,
  event: CallEvent,
  operation: OpenOperation,
  settlement: Settlement | undefined,
  now: string,
): Input[] {
  const inputs: Input[] = [];
  if (settlement?.by === 'event' && settlement.invitationCanceledBy === event.kind && isInvitation(operation, event)) {
    inputs.push({ kind: 'event', finding: { evidence: 'event', outcome: succeeded(now, 'canceled') } });
  }
  if (
    event.kind === 'ParticipantsUpdated' &&
    settlement?.by === 'participants' &&
    settlement.evidence(event.participants ?? [], operation.about)
  ) {
    inputs.push({ kind: 'participants', finding: { evidence: 'participants', outcome: succeeded(now) } });
  }
  if (isConnectedBy(call, settlement)) {
    inputs.push({ kind: 'participants', finding: { evidence: 'participants', outcome: succeeded(now) } });
  }
  if (hasEnded(call)) {
    // Also at each later event: a second one may report the call's end with other codes.
    const outcome = outcomeOfCallEnd(call, settlement, operation.about, now);
    inputs.push({ kind: 'callEnd', finding: { evidence: 'callEnd', outcome } });
  }
  return inputs;
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

/**
 * The outcome that the event reports of the operation that it names. When it overtook the response, the operation's name is
 * not known: the settlement of any operation that the kind settles will do.
 */
function reportedOutcome(
  call: CallRecord,
  event: CallEvent,
  settlements: Settlements,
  now: string,
): Outcome | undefined {
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
    settlesInAnyContext(settlements.get(name), event.kind),
  );
  return waiting ? { ...event, operationContext: waiting[0] } : event;
}

function isInvitation(operation: OpenOperation, event: CallEvent): boolean {
  return event.invitationId !== undefined && operation.result?.invitationId === event.invitationId;
}
