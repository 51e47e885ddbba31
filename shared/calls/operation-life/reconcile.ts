/** What a read at ACS settles when the event that should have told never came. Pure. */

import { type CallRecord, hasEnded, type OpenOperation, type Outcome, type Participant } from '../call.ts';
import { outcomeOfCallEnd, type Settled, type Settlement, type Settlements, settleOperation } from './settlement.ts';
import { readDueAt } from './start-deadline.ts';

/** A call as ACS shows it now. */
export type Reading =
  | { readonly state: 'gone' }
  | { readonly state: 'other' }
  | { readonly state: 'connected'; readonly participants: readonly Participant[] };

/** Whether the call has an operation whose time is over. */
export function isOverdue(call: CallRecord, now: string): boolean {
  return Object.values(call.open).some((operation) => !operation.presumed && readDueAt(operation) <= now);
}

/**
 * The call after a read of it, and the operations that the read settled: those whose effect it shows, and those whose
 * time is over. The others stay open for their event.
 */
export function reconcile(
  before: CallRecord,
  reading: Reading,
  settlements: Settlements,
  now: string,
): { readonly call: CallRecord; readonly settled: readonly Settled[] } {
  let call = asRead(before, reading, now);
  const settled: Settled[] = [];
  for (const [operationId, operation] of Object.entries(call.open)) {
    const outcome = operation.presumed
      ? undefined
      : outcomeOf(call, operation, reading, settlements.get(operation.name), now);
    if (outcome) {
      const one = { operationId, name: operation.name, outcome };
      settled.push(one);
      call = settleOperation(call, one);
    }
  }
  return { call, settled };
}

function asRead(call: CallRecord, reading: Reading, now: string): CallRecord {
  if (reading.state === 'gone' && !hasEnded(call)) {
    return { ...call, status: call.status === 'connected' ? 'disconnected' : 'failed', endedAt: now };
  }
  if (reading.state === 'connected' && !hasEnded(call)) {
    return { ...call, status: 'connected', connectedAt: call.connectedAt ?? now, participants: reading.participants };
  }
  return call;
}

function outcomeOf(
  call: CallRecord,
  operation: OpenOperation,
  reading: Reading,
  settlement: Settlement | undefined,
  now: string,
): Outcome | undefined {
  if (isConfirmed(operation, reading, settlement)) {
    return { status: 'succeeded', settledBy: 'read', settledAt: now };
  }
  const isOver = hasEnded(call);
  if (!isOver && readDueAt(operation) > now) {
    return undefined;
  }
  if (operation.unconfirmed && settlement?.by !== 'callEnd') {
    return unsettled('indeterminate', 'outcomeUnknown', now);
  }
  return isOver
    ? { ...outcomeOfCallEnd(call, settlement, operation.about, now), settledBy: 'read' }
    : unsettled('timedOut', 'noEventInTime', now);
}

const messages = {
  outcomeUnknown: 'ACS gave no answer, and neither an event nor a read of the call tells whether it acted.',
  noEventInTime: 'ACS took the operation, but no event told its outcome in time.',
} as const;

function unsettled(status: 'indeterminate' | 'timedOut', code: keyof typeof messages, now: string): Outcome {
  const error = { code, message: messages[code], source: 'app' } as const;
  return { status, settledBy: 'deadline', settledAt: now, error };
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
