/** Starts, reads and cancels sequences. */
import { createHash, randomUUID } from 'node:crypto';
import { hasEnded } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { IndexedSequence } from '../../storage/sequences.ts';
import { traceToKeep } from '../../telemetry/spans.ts';
import { newState, type Plan, type State } from '../interpreter/state.ts';
import { type Sequence, statusOf, toSequence } from './sequence.ts';
import { planOf, type Sequences } from './sequences.ts';

/** A valid request for a sequence. */
export interface SequenceRequest extends Pick<Plan, 'name' | 'input' | 'definition' | 'orchestrator' | 'after'> {
  readonly callId: string | undefined;
}

/** A sequence, and whether an earlier request under the same key started it. */
export interface Started {
  readonly sequence: Sequence;
  readonly replayed: boolean;
}

/**
 * Finds the sequence that was started under a key; undefined when there is none. Throws when the request differs. A start
 * that a crash interrupted between its rows and its orchestration is completed.
 */
export async function findStarted(
  { store, start, orchestrationState }: Sequences,
  sequenceId: string,
  posted: unknown,
): Promise<Started | undefined> {
  const stored = await store.readPlan(sequenceId);
  if (!stored) {
    return undefined;
  }
  if (stored.fingerprint !== fingerprint(posted)) {
    throw new AppError('idempotencyKeyReused', 'This Idempotency-Key was used for another request; choose a new one.');
  }
  const { state = newState(undefined) } = (await store.readState(sequenceId)) ?? {};
  const hasStarted = Object.keys(state.steps).length > 0 || state.phase === 'ended';
  if (!hasStarted && (await orchestrationState(sequenceId)) !== 'live') {
    await start(stored.plan);
  }
  return { sequence: toSequence(stored.plan, state), replayed: true };
}

/** Starts a sequence, in a call that has not ended. */
export async function startSequence(
  ledger: Pick<Ledger, 'calls' | 'log' | 'now'>,
  sequences: Sequences,
  request: SequenceRequest,
  posted: unknown,
  key?: string,
): Promise<Started> {
  await checkCall(ledger, request.callId);
  return beginSequence(ledger, sequences, request, posted, key);
}

/**
 * Starts a sequence. Its rows are written first, so that after a crash housekeeping starts its orchestration. Concurrent
 * requests under one key start one sequence.
 */
export async function beginSequence(
  ledger: Pick<Ledger, 'log' | 'now'>,
  sequences: Sequences,
  { callId, name, ...request }: SequenceRequest,
  posted: unknown,
  key?: string,
): Promise<Started> {
  const sequenceId = key ?? randomUUID();
  const trace = traceToKeep();
  const plan: Plan = {
    sequenceId,
    ...(name !== undefined && { name }),
    createdAt: ledger.now(),
    ...request,
    ...(trace !== undefined && { trace }),
  };
  const state = newState(callId);
  await sequences.store.list({ ...plan, callId });
  if ((await sequences.store.create({ plan, fingerprint: fingerprint(posted) }, state)) !== 'written') {
    const known = await findStarted(sequences, sequenceId, posted);
    if (known) {
      await unlistDuplicate(sequences, { ...plan, callId }, known);
      return known;
    }
  }
  await sequences.start(plan);
  ledger.log.sequenceStarted({ sequenceId, ...(name !== undefined && { name }) });
  return { sequence: toSequence(plan, state), replayed: false };
}

/** Concurrent starts under one key add one index entry each; the same `createdAt` means that this start wrote the rows. */
async function unlistDuplicate({ store }: Sequences, start: IndexedSequence, { sequence }: Started): Promise<void> {
  if (sequence.createdAt !== start.createdAt) {
    await store.unlist(start);
  }
}

/** The progress of a sequence; undefined when there is none. */
export async function readSequence(sequences: Sequences, sequenceId: string): Promise<Sequence | undefined> {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan && stored ? toSequence(plan, stored.state) : undefined;
}

/** Requests that a sequence stop and undo its steps. Throws 404 when there is none, 409 when it has ended. */
export async function cancelSequence(
  ledger: Pick<Ledger, 'now' | 'wake'>,
  sequences: Sequences,
  sequenceId: string,
): Promise<Sequence> {
  const plan = await planOf(sequences, sequenceId);
  for (;;) {
    const stored = await sequences.store.readState(sequenceId);
    if (!plan || !stored) {
      throw new AppError('sequenceNotFound', 'No sequence has this id.');
    }
    if (stored.state.phase === 'ended') {
      const message = `The sequence has ended ${statusOf(stored.state)}; only a running one can be canceled.`;
      throw new AppError('sequenceEnded', message);
    }
    const state: State = { ...stored.state, cancelRequestedAt: stored.state.cancelRequestedAt ?? ledger.now() };
    if (typeof (await sequences.store.writeState(sequenceId, { ...stored, state })) === 'object') {
      await ledger.wake(sequenceId);
      return toSequence(plan, state);
    }
  }
}

async function checkCall({ calls }: Pick<Ledger, 'calls'>, callId: string | undefined): Promise<void> {
  const call = callId === undefined ? undefined : (await calls.readCall(callId))?.record;
  if (callId !== undefined && !call) {
    throw new AppError('callNotFound', 'No call has this id.');
  }
  if (call && hasEnded(call)) {
    throw new AppError('callEnded', 'The call has ended; no operation on it is possible.');
  }
}

function fingerprint(posted: unknown): string {
  return createHash('sha256').update(canonical(posted)).digest('base64url');
}

/** JSON with sorted members, so that the order of members does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
