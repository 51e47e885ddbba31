/** First step of a command: loads what it acts on, and refuses what is known to fail before ACS is asked. */
import { type CallRecord, hasEnded, isPastRingWindow, newCallRecord } from '../../calls/call.ts';
import { blockingOperation } from '../../calls/media-rules.ts';
import { withWatcher } from '../../calls/watchers.ts';
import { AppError } from '../../errors.ts';
import type { Operation } from '../../operations/operation.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import type { Command } from './command.ts';
import { checkRecording, readCallOf } from './recording-target.ts';
import { checkRedirects } from './redirect-limit.ts';

/** A command that may be performed. */
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
    ...(command.errors ?? []),
    ...ledger.inputErrors(command.operation.input, command.input),
  ]);
  const otherConnectionId = await otherConnection(ledger, command.operation, input);
  checkState(ledger, command.operation, stored.record);
  checkMedia(ledger, command.operation, input, stored.record);
  await checkRecording(ledger, command.operation, stored, command.targetId ?? '');
  if (command.operation.redirects && !command.isCounted) {
    await checkRedirects(ledger, stored.record);
  }
  return { input, stored, otherConnectionId };
}

async function target(
  ledger: Pick<Ledger, 'calls' | 'now' | 'recordingCalls' | 'recordingIndex'>,
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
    throw new AppError('callEnded', 'The call has ended; no operation on it is possible.');
  }
  return stored;
}

async function otherConnection(
  ledger: Pick<Ledger, 'calls' | 'connections'>,
  operation: Operation,
  input: Accepted['input'],
): Promise<string> {
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

function checkState(ledger: Pick<Ledger, 'now' | 'ringWindowSeconds'>, operation: Operation, call: CallRecord): void {
  if (operation.target === 'incomingCall') {
    const status = call.incoming?.status;
    if (
      !call.incoming ||
      status !== 'ringing' ||
      isPastRingWindow(call.incoming, ledger.now(), ledger.ringWindowSeconds)
    ) {
      const is = status === 'ringing' ? 'stale: its ring window is over' : status;
      throw new AppError(
        'callNotAnswerable',
        `Only a ringing call can be answered, rejected or redirected; this one is ${is}.`,
      );
    }
  }
  const allowed: readonly CallRecord['status'][] = operation.allowedIn ?? ['connected'];
  const isNamed = call.callConnectionId !== undefined || (operation.waitsForConnection && call.status === 'unknown');
  if (operation.target === 'call' && (!isNamed || !allowed.includes(call.status))) {
    throw new AppError(
      'callNotConnected',
      `The operation needs a call that is ${allowed.join(' or ')}; this one is ${call.status}.`,
    );
  }
}

/** Refuses, by its name, what a running media operation would make ACS refuse. */
function checkMedia(
  ledger: Pick<Ledger, 'now'>,
  operation: Operation,
  input: Accepted['input'],
  call: CallRecord,
): void {
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
