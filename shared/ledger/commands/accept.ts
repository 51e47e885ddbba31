/** First step of a command: loads what it acts on, and refuses what is known to fail before ACS is asked. */
import { randomUUID } from 'node:crypto';
import { type CallRecord, hasEnded, isPastRingWindow, newCallRecord } from '../../calls/call.ts';
import { withLabels } from '../../calls/labels.ts';
import { blockingOperation } from '../../calls/media-rules.ts';
import { isParticipantId } from '../../calls/participant-id.ts';
import { participantOf } from '../../calls/roster.ts';
import { withInvited } from '../../calls/roster-changes.ts';
import { withWatcher } from '../../calls/watchers.ts';
import { AppError } from '../../errors.ts';
import { mapInCall } from '../../operations/fields/people.ts';
import type { Operation } from '../../operations/operation.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import { participantIn } from '../reads/live.ts';
import type { Command } from './command.ts';
import { checkMoved } from './moved.ts';
import { checkRecording, readCallOf } from './recording-target.ts';
import { checkRedirects } from './redirect-limit.ts';

/** A command that may be performed. */
export interface Accepted {
  readonly input: Readonly<Record<string, unknown>>;
  readonly stored: Stored;
  readonly otherConnectionId: string;
  /** It waits for a limit until then. */
  readonly queuedUntil?: string;
}

const connectionless = '';

/** Loads what the command acts on and checks it, in the order 404 / 410, 422, 409. */
export async function accept(ledger: Ledger, command: Command, operationId: string): Promise<Accepted> {
  await ledger.limits.current();
  const stored = await target(ledger, command, operationId);
  const named = await withoutParticipantIds(ledger, command, stored.record);
  const input = parseInput(command.operation, named, [
    ...(command.errors ?? []),
    ...ledger.inputErrors(command.operation.input, named),
  ]);
  await checkMoved(ledger, command.operation, input);
  const otherConnectionId = await otherConnection(ledger, command.operation, input);
  checkState(ledger, command.operation, stored.record);
  checkMedia(ledger, command.operation, input, stored.record);
  await checkRecording(ledger, command.operation, stored, command.targetId ?? '');
  if (command.operation.redirects && !command.isCounted) {
    await checkRedirects(ledger, stored.record);
  }
  return { input, stored: described(command.operation, stored, input, operationId), otherConnectionId };
}

/** A new call with what its request says of it. */
function described(operation: Operation, stored: Stored, input: Accepted['input'], operationId: string): Stored {
  if (!operation.direction) {
    return stored;
  }
  const call = { ...withLabels(stored.record, input), ...operation.describes?.(input) };
  const invited = operation.invites?.(input);
  const invitation = { operationId, at: call.createdAt };
  return { ...stored, record: invited ? withInvited(call, invited, invitation) : call };
}

async function target(
  ledger: Pick<Ledger, 'calls' | 'now' | 'recordingCalls' | 'recordingIndex'>,
  { operation, targetId = '', sequence }: Command,
  operationId: string,
): Promise<Stored> {
  if (operation.direction) {
    const { direction } = operation;
    const call = newCallRecord({ callId: operationId, direction, createdAt: ledger.now(), salt: randomUUID() });
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

/**
 * The input with the participants of the call in place of their ids, which are resolved here and never again. Throws the 404 of
 * a participant that the path names and the call does not have; any other unknown id is invalid where it stands.
 */
async function withoutParticipantIds(
  ledger: Pick<Ledger, 'calls'>,
  { operation, input, isByParticipantId }: Command,
  call: CallRecord,
): Promise<Command['input']> {
  if (isByParticipantId) {
    participantIn(call, String(input.participant));
  }
  const ids: string[] = [];
  const resolvedIn = (record: CallRecord) =>
    mapInCall(operation.input, input, (text) => {
      ids.push(...(isParticipantId(text) ? [text] : []));
      return participantOf(record, text) ?? text;
    }) as Command['input'];
  const resolved = resolvedIn(call);
  // Those whom an operation takes from another call have their ids there.
  const otherId = ids.length > 0 ? operation.otherCall?.(input) : undefined;
  const other = typeof otherId === 'string' ? await ledger.calls.readCall(otherId) : undefined;
  return other ? resolvedIn(other.record) : resolved;
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
  const isNamed =
    call.callConnectionId !== undefined ||
    (operation.waitsForConnection && (call.status === 'unknown' || call.slot === 'waiting'));
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
