/**
 * Whether the participant whom a block of steps serves is in the call. One who was never seen there counts as present: it is
 * not known that they left.
 */
import { canonicalParticipant, numberOf } from '../../acs/wire/identifiers.ts';
import { anyone, stepsIn, type WhileStep } from '../language/definition.ts';
import { dereference, isReference } from '../language/references.ts';
import { choose, type Draft, endStep, keyOf, namesOf, type Position, startStep } from './draft.ts';
import type { StepError, StepRecord } from './state.ts';
import { parsedRequest } from './undo.ts';

/**
 * Whether the participant of a block has left the call while the block ran. Decided once: the choice `left` stands, with the
 * error in the record of the block. It is `over` instead when a step of the sequence made them leave.
 */
export function hasLeft(draft: Draft, step: WhileStep, position: Position): boolean {
  const key = keyOf(step, position);
  const isOpen = draft.state.choices[key] === undefined;
  const departure = isOpen ? departureOf(draft, step, presentIn(draft, step, position)) : undefined;
  if (departure) {
    choose(draft, key, () => (departure === 'intended' ? 'over' : 'left'));
  }
  if (typeof departure === 'object') {
    endStep(draft, startStep(draft, key, 'while', position), 'canceled', { error: departure });
    draft.state = { ...draft.state, result: { ...draft.state.result, outcome: 'abandoned' } };
  }
  return draft.state.choices[key] === 'left';
}

/** A reference without a value names a participant who was never seen. */
function presentIn(draft: Draft, { while: { present } }: WhileStep, { suffix }: Position): string {
  return isReference(present) ? String(dereference(present, namesOf(draft, suffix))) : present;
}

/**
 * Why a block ends: its participant has left. Undefined while they are present; `intended` when a step of the sequence made
 * them leave or waits for the end of the call.
 */
function departureOf(draft: Draft, step: WhileStep, participant: string): StepError | 'intended' | undefined {
  const { hasCallEnded, present, departed } = draft.snapshot;
  const who = canonicalParticipant(participant) ?? participant;
  const isServed = (one: string) => isSame(one, who);
  const hasLeft = who === anyone ? isDeserted(draft) : departed.some(isServed) && !present.some(isServed);
  if (!hasCallEnded && !hasLeft) {
    return undefined;
  }
  if (isIntended(draft, who) || (hasCallEnded && isAwaited(draft, step))) {
    return 'intended';
  }
  return hasCallEnded
    ? { code: 'callEnded', message: 'The call ended.' }
    : { code: 'participantLeft', message: 'The participant left the call.' };
}

/** A caller whose number a network asserts rings under the number, and may be in the call under an id that contains it. */
function isSame(first: string, second: string): boolean {
  const number = numberOf(first);
  return first === second || (number !== undefined && number === numberOf(second));
}

/** Whether everyone has left, except those whom the sequence invited. */
function isDeserted(draft: Draft): boolean {
  const invited = Object.values(draft.state.steps).flatMap(invitedBy);
  const isOther = (one: string) => !invited.includes(one);
  return draft.snapshot.departed.some(isOther) && !draft.snapshot.present.some(isOther);
}

function invitedBy({ request }: StepRecord): readonly string[] {
  const parsed = request && parsedRequest(request);
  return parsed?.operation.joins?.(parsed.input) ?? [];
}

/** Whether a step of the sequence makes a participant leave: it hangs up, transfers, moves or removes them. */
function isIntended({ state }: Draft, participant: string): boolean {
  const requests = Object.values(state.steps).flatMap(({ status, request }) =>
    request && (status === 'running' || status === 'succeeded') ? [request] : [],
  );
  return requests.some((request) => {
    const parsed = parsedRequest(request);
    const leaving = parsed?.operation.leaves?.(parsed.input);
    if (!leaving) {
      return false;
    }
    const { who, callId = request.input.callId ?? state.callId } = leaving;
    const isOfCall = String(callId).toLowerCase() === state.callId;
    return isOfCall && (who === 'everyone' || who.some((one) => isSame(one, participant)));
  });
}

/** Whether a step of the block waits for the end of the call, or has waited for it. */
function isAwaited({ state }: Draft, { steps }: WhileStep): boolean {
  const awaiting = stepsIn(steps).filter((one) => 'waitFor' in one && one.waitFor.events.includes('CallDisconnected'));
  return Object.values(state.steps).some(
    ({ key, status }) =>
      status !== 'timedOut' && status !== 'canceled' && awaiting.some(({ id }) => id === key.split('#')[0]),
  );
}
