/** Settles the open operations of a call by a read of it at ACS, when the event that should have settled them is missing. Pure. */
import { type CallRecord, hasEnded } from '../call.ts';
import type { Participant } from '../participant.ts';
import { readStamp, withListed } from '../roster-changes.ts';
import { answered } from '../transitions.ts';
import { type Advanced, advance, unadvanced } from './advance.ts';
import type { Clock, Input } from './life.ts';
import { isReadDue, type OpenOperation } from './open-operation.ts';
import { outcomeOfCallEnd, outcomeOfDeadline } from './outcome.ts';
import { isConnectedBy, type Settlement, type Settlements } from './settlement.ts';

/** A call as a read at ACS found it: `gone` is one that ACS does not know (any more), `unknown` one without a connection,
 * which cannot be read. */
export type Reading =
  | { readonly state: 'gone'; readonly refusal?: NonNullable<CallRecord['end']> }
  | { readonly state: 'unknown' }
  | { readonly state: 'other' }
  | { readonly state: 'connected'; readonly participants: readonly Participant[] };

/** Whether the call has an operation whose event is overdue. */
export function isOverdue(call: CallRecord, now: string): boolean {
  return Object.values(call.open).some((operation) => isReadDue(operation, now));
}

/**
 * The call after a read of it, and the operations that the read settled: those whose effect it proves, and those whose
 * event is overdue. The others stay open for their event.
 */
export function reconcile(before: CallRecord, reading: Reading, settlements: Settlements, clock: Clock): Advanced {
  const call = asRead(before, reading, clock.now);
  return Object.entries(call.open).reduce((state, [operationId, operation]) => {
    const input = inputOf(call, operation, reading, settlements.get(operation.name), clock.now);
    return input ? advance(state, operationId, input, settlements, clock) : state;
  }, unadvanced(call));
}

function asRead(call: CallRecord, reading: Reading, now: string): CallRecord {
  if (reading.state === 'gone' && !hasEnded(call)) {
    const { refusal } = reading;
    return { ...call, status: 'disconnected', endedAt: now, ...(refusal && { end: refusal }) };
  }
  if (reading.state === 'unknown' && !hasEnded(call)) {
    return { ...answered(call), status: 'unknown' };
  }
  if (reading.state === 'connected' && !hasEnded(call)) {
    const { participants } = reading;
    const named = participants.map(({ participant }) => participant);
    const listed = withListed(call, named, readStamp(call, now));
    return { ...listed, status: 'connected', connectedAt: call.connectedAt ?? now, participants };
  }
  return call;
}

/** What a read is to an operation; undefined when it says nothing of it, or when its outcome is presumed already. */
function inputOf(
  call: CallRecord,
  operation: OpenOperation,
  reading: Reading,
  settlement: Settlement | undefined,
  now: string,
): Input | undefined {
  const isUnconfirmed = operation.life.state === 'unconfirmed';
  if (operation.life.state === 'presumed') {
    return undefined;
  }
  if (isConfirmed(operation, reading, settlement)) {
    return {
      kind: 'read',
      finding: { evidence: 'read', outcome: { status: 'succeeded', settledBy: 'read', settledAt: now } },
    };
  }
  const isOver = hasEnded(call);
  if (isOver && (!isUnconfirmed || settlement?.by === 'callEnd' || isConnectedBy(call, settlement))) {
    const outcome = { ...outcomeOfCallEnd(call, settlement, operation.about, now), settledBy: 'read' } as const;
    return { kind: 'callEnd', finding: { evidence: 'callEnd', outcome } };
  }
  if (!isOver && !isReadDue(operation, now)) {
    return undefined;
  }
  const outcome = outcomeOfDeadline(isUnconfirmed, call.callConnectionId !== undefined, now);
  return { kind: 'deadline', finding: { evidence: 'deadline', outcome } };
}

/** Whether the call has an overdue operation that was to connect it, and of which ACS has not confirmed that it was asked. */
export function isUnmadeSoFar({ callConnectionId, open }: CallRecord, settlements: Settlements, now: string): boolean {
  const connects = (operation: OpenOperation) => {
    const settlement = settlements.get(operation.name);
    return settlement?.by === 'event' && settlement.connects === true && operation.life.state === 'unconfirmed';
  };
  return (
    callConnectionId === undefined &&
    Object.values(open).some((operation) => connects(operation) && isReadDue(operation, now))
  );
}

function isConfirmed(operation: OpenOperation, reading: Reading, settlement: Settlement | undefined): boolean {
  if (reading.state !== 'connected' || !settlement || settlement.by === 'response' || settlement.by === 'callEnd') {
    return false;
  }
  if (settlement.by === 'event' && settlement.connects) {
    return true;
  }
  return settlement.evidence?.(reading.participants, operation.about) ?? false;
}
