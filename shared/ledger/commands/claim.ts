/** Everything that is decided before ACS is asked: what the request acts on, whether it may, and who asked it first. */
import { createHash } from 'node:crypto';
import { type CallRecord, hasEnded, isPastRingWindow, newCallRecord } from '../../calls/call.ts';
import type { EventKind } from '../../calls/event.ts';
import { blockingOperation } from '../../calls/media-rules.ts';
import { withWatcher } from '../../calls/watchers.ts';
import { AppError, type FieldError } from '../../errors.ts';
import type { Operation } from '../../operations/operation.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import { checkRecording, readCallOf } from './recording-target.ts';

/** A request for an operation. */
export interface Command {
  readonly operation: Operation;
  /** The call, incoming call or recording it acts on; none for an operation that makes a call. */
  readonly targetId?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wrong with the request besides its input. */
  readonly faults?: readonly FieldError[];
  /** The caller's Idempotency-Key; without one the operation gets an id of its own. */
  readonly idempotencyKey?: string;
  /** The sequence whose step it is. A call that the operation makes has it as a watcher from the beginning. */
  readonly sequence?: { readonly sequenceId: string; readonly kinds: readonly EventKind[]; readonly masked: boolean };
}

/** A request that was found good. */
export interface Accepted {
  readonly input: Readonly<Record<string, unknown>>;
  readonly stored: Stored;
  readonly otherConnectionId: string;
}

const connectionless = '';

/** Loads what the command acts on and checks it, in the order 404 / 410, 422, 409. */
export async function accept(ledger: Ledger, command: Command, operationId: string): Promise<Accepted> {
  const stored = await target(ledger, command, operationId);
  const input = parseInput(command.operation, command.input, [
    ...(command.faults ?? []),
    ...ledger.notifier.faultsOf(command.input.notifyUrl),
  ]);
  const otherConnectionId = await otherConnection(ledger, command.operation, input);
  checkState(ledger, command.operation, stored.record);
  checkMedia(ledger, command.operation, input, stored.record);
  checkRecording(command.operation, stored, command.targetId ?? '');
  return { input, stored, otherConnectionId };
}

/** Tells requests apart that come under the same key: method and path are the operation and its target. */
export function fingerprint({ operation, targetId, input }: Command): string {
  return createHash('sha256')
    .update(JSON.stringify([operation.name, targetId, sorted(input)]))
    .digest('base64url');
}

async function target(
  ledger: Ledger,
  { operation, targetId = '', sequence }: Command,
  operationId: string,
): Promise<Stored> {
  if (operation.direction) {
    const call = newCallRecord({ callId: operationId, direction: operation.direction, createdAt: ledger.now() });
    const record = sequence ? withWatcher(call, sequence.sequenceId, sequence.kinds) : call;
    return { record, etag: connectionless };
  }
  if (operation.target === 'recording') {
    return readCallOf(ledger, targetId);
  }
  const stored = await ledger.calls.readCall(targetId);
  if (operation.target === 'incomingCall') {
    if (!stored?.record.incoming) {
      throw new AppError('incomingCallNotFound', 'No incoming call has this id.');
    }
    return stored;
  }
  if (!stored || stored.record.status === 'ringing') {
    throw new AppError('callNotFound', 'No call has this id.');
  }
  if (hasEnded(stored.record)) {
    throw new AppError('callEnded', 'The call has ended; nothing can be done with it any more.');
  }
  return stored;
}

async function otherConnection(ledger: Ledger, operation: Operation, input: Accepted['input']): Promise<string> {
  const otherId = operation.otherCall?.(input);
  if (otherId === undefined) {
    return connectionless;
  }
  const known = ledger.connections.get(otherId) ?? (await ledger.calls.readCall(otherId))?.record.callConnectionId;
  if (known === undefined) {
    throw new AppError('callNotFound', 'No call has the id given as fromCallId.');
  }
  return known;
}

function checkState(ledger: Ledger, operation: Operation, call: CallRecord): void {
  if (operation.target === 'incomingCall') {
    const status = call.incoming?.status;
    if (
      !call.incoming ||
      status !== 'ringing' ||
      isPastRingWindow(call.incoming, ledger.now(), ledger.ringWindowSeconds)
    ) {
      const is = status === 'ringing' ? 'stale: nobody waits for an answer any more' : status;
      throw new AppError(
        'callNotAnswerable',
        `Only a ringing call can be answered, rejected or redirected; this one is ${is}.`,
      );
    }
  }
  const allowed: readonly CallRecord['status'][] = operation.allowedIn ?? ['connected'];
  if (operation.target === 'call' && (call.callConnectionId === undefined || !allowed.includes(call.status))) {
    throw new AppError(
      'callNotConnected',
      `The operation needs a call that is ${allowed.join(' or ')}; this one is ${call.status}.`,
    );
  }
}

/** What ACS would refuse because of a media operation that runs: told before it is asked, and by name. */
function checkMedia(ledger: Ledger, operation: Operation, input: Accepted['input'], call: CallRecord): void {
  const use = operation.media?.(input);
  const blocking = use && blockingOperation(call, use, ledger.now());
  if (blocking) {
    throw new AppError(
      'mediaConflict',
      `${operation.name} cannot start while ${blocking.name} runs or is queued for the same participant: wait until ` +
        'that operation has settled, or free the participant with media/cancel-all.',
      { blockingOperationId: blocking.operationId },
    );
  }
}

/** The same body has the same fingerprint, in whatever order its members come. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]);
  }
  return value;
}
