/** Starts, reads and cancels sequences. */
import { createHash, randomUUID } from 'node:crypto';
import { hasEnded } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { traceToKeep } from '../../telemetry/spans.ts';
import { newState, type Plan, type State } from '../interpreter/state.ts';
import type { SequenceRequest } from '../request.ts';
import { type Sequence, statusOf, toSequence } from './sequence.ts';
import { planOf, type Sequences } from './sequences.ts';

/** A sequence, and whether it was started before under the same key. */
export interface Started {
  readonly sequence: Sequence;
  readonly replayed: boolean;
}

/**
 * Finds a sequence that was started under a key; undefined when none was. Throws when that was another request. One that
 * was left between its rows and its orchestration is started now.
 */
export async function findStarted(
  { store, start, orchestrationState: life }: Sequences,
  sequenceId: string,
  request: unknown,
): Promise<Started | undefined> {
  const known = await store.readPlan(sequenceId);
  if (!known) {
    return undefined;
  }
  if (known.fingerprint !== fingerprint(request)) {
    throw new AppError('idempotencyKeyReused', 'This Idempotency-Key was used for another request; choose a new one.');
  }
  const { state = newState(undefined) } = (await store.readState(sequenceId)) ?? {};
  const hasBegun = Object.keys(state.steps).length > 0 || state.phase === 'ended';
  if (!hasBegun && (await life(sequenceId)) !== 'live') {
    await start(known.plan);
  }
  return { sequence: toSequence(known.plan, state), replayed: true };
}

/**
 * Starts a sequence. Its rows are written first: if this ends before Durable Functions has it, housekeeping starts it. Two
 * requests under one key start one.
 */
export async function startSequence(
  ledger: Ledger,
  sequences: Sequences,
  wanted: SequenceRequest,
  request: unknown,
  key?: string,
): Promise<Started> {
  const { callId, name, ...what } = wanted;
  await checkCall(ledger, callId);
  const sequenceId = key ?? randomUUID();
  const trace = traceToKeep();
  const kept = trace === undefined ? {} : { trace };
  const plan: Plan = { sequenceId, ...(name !== undefined && { name }), createdAt: ledger.now(), ...what, ...kept };
  const state = newState(callId);
  await sequences.store.list(plan);
  if ((await sequences.store.create({ plan, fingerprint: fingerprint(request) }, state)) !== 'written') {
    const known = await findStarted(sequences, sequenceId, request);
    if (known) {
      await unlistOther(sequences, plan, known);
      return known;
    }
  }
  await sequences.start(plan);
  ledger.log.sequenceStarted({ sequenceId, ...(name !== undefined && { name }) });
  return { sequence: toSequence(plan, state), replayed: false };
}

/** Of two starts at once under one key each lists its own; what was written may also be ours, told of twice. */
async function unlistOther({ store }: Sequences, plan: Plan, { sequence }: Started): Promise<void> {
  if (sequence.createdAt !== plan.createdAt) {
    await store.unlist(plan);
  }
}

/** How far a sequence is; undefined when there is none. */
export async function readSequence(sequences: Sequences, sequenceId: string): Promise<Sequence | undefined> {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan && stored ? toSequence(plan, stored.state) : undefined;
}

/** Asks a sequence to stop and to take back what it did. Throws 404 when there is none, 409 when it has ended. */
export async function cancelSequence(ledger: Ledger, sequences: Sequences, sequenceId: string): Promise<Sequence> {
  const plan = await planOf(sequences, sequenceId);
  for (;;) {
    const stored = await sequences.store.readState(sequenceId);
    if (!plan || !stored) {
      throw new AppError('sequenceNotFound', 'No sequence has this id.');
    }
    if (stored.state.phase === 'ended') {
      const message = `The sequence has ended ${statusOf(stored.state)}; only one that runs can be canceled.`;
      throw new AppError('sequenceEnded', message);
    }
    const state: State = { ...stored.state, cancelRequestedAt: stored.state.cancelRequestedAt ?? ledger.now() };
    if (typeof (await sequences.store.writeState(sequenceId, { ...stored, state })) === 'object') {
      await ledger.wake(sequenceId);
      return toSequence(plan, state);
    }
  }
}

async function checkCall({ calls }: Ledger, callId: string | undefined): Promise<void> {
  const call = callId === undefined ? undefined : (await calls.readCall(callId))?.record;
  if (callId !== undefined && !call) {
    throw new AppError('callNotFound', 'No call has this id.');
  }
  if (call && hasEnded(call)) {
    throw new AppError('callEnded', 'The call has ended; nothing can be done with it any more.');
  }
}

function fingerprint(request: unknown): string {
  return createHash('sha256').update(canonical(request)).digest('base64url');
}

/** The same request has the same text, in whatever order its members come. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
