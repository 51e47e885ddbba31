/**
 * Advances sequences: reads the state, lets the pure interpreter decide, writes the next state under its ETag, then performs
 * the commands. Every process that learns of a change may do so, at the same time as others: on a write conflict it reads
 * again, and a command has the id that derives from its step, so that its operation is performed once. A crash at any point
 * leaves a state from which the next advance continues; the orchestration guarantees that there is one.
 */
import { withoutWatcher } from '../../calls/watchers.ts';
import { AppError } from '../../errors.ts';
import { changeCall } from '../../ledger/change-call.ts';
import type { CallWriter, Ledger } from '../../ledger/ledger.ts';
import { operationNamed } from '../../operations/index.ts';
import type { EndedSequence, IndexedSequence, StoredState } from '../../storage/sequences.ts';
import { inKeptTrace } from '../../telemetry/spans.ts';
import { sequenceEnded } from '../../webhooks/cloud-event.ts';
import { type Advance, advance } from '../interpreter/interpreter.ts';
import type { Plan, Snapshot, State, StepRecord } from '../interpreter/state.ts';
import { listeningOperation } from '../language/collect-operations.ts';
import { type Performed, perform, takeSnapshot } from './ledger-access.ts';
import { statusOf, toSequence } from './sequence.ts';
import { planOf, type Sequences } from './sequences.ts';

/** The progress of a sequence in ids and names only, because Durable Functions keeps it in its history. */
export interface Progress {
  readonly status: string;
  /** The keys of the steps that are running. */
  readonly open: readonly string[];
  /** When to advance again at the latest; undefined once the sequence has ended. */
  readonly wakeAt?: string;
}

/**
 * Advances a sequence until only time or an event can help, and finishes one that has ended. One of an orchestrator is left
 * alone: its position is in Durable Functions, so only its orchestration can advance it.
 */
export async function advanceSequence(ledger: Ledger, sequences: Sequences, sequenceId: string): Promise<Progress> {
  if ((await planOf(sequences, sequenceId))?.orchestrator) {
    return { status: 'running', open: [], wakeAt: nextCheckAt(ledger, sequences.recheckSeconds, undefined) };
  }
  const advanced = await advanceWith(ledger, sequences, sequenceId, advance);
  if (!advanced) {
    return { status: 'unknown', open: [] };
  }
  const { plan, state, last } = advanced;
  const progress = { status: statusOf(state), open: runningSteps(state) };
  if (state.phase === 'ended') {
    await finish(ledger, sequences, plan, state);
    return progress;
  }
  return { ...progress, wakeAt: nextCheckAt(ledger, sequences.recheckSeconds, last?.wakeAt) };
}

/** The result of advancing a sequence. */
export interface Advanced<A extends Advance> {
  readonly plan: Plan;
  readonly state: State;
  /** The last decision; undefined when the sequence had ended before, or another advance ended it. */
  readonly last?: A;
}

/** Decides what comes next; pure. */
type Decide<A extends Advance> = (plan: Plan, state: State, snapshot: Snapshot) => A;

/** Advances a sequence by a decision, until it has ended or only time or an event can help; undefined when unknown. */
export async function advanceWith<A extends Advance>(
  ledger: Ledger,
  sequences: Sequences,
  sequenceId: string,
  decide: Decide<A>,
): Promise<Advanced<A> | undefined> {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan && stored
    ? inKeptTrace(plan.trace, 'sequence', { sequenceId }, () => advanceFrom(ledger, sequences, plan, stored, decide))
    : undefined;
}

async function advanceFrom<A extends Advance>(
  ledger: Ledger,
  sequences: Sequences,
  plan: Plan,
  first: StoredState,
  decide: Decide<A>,
): Promise<Advanced<A>> {
  const performed: Performed = new Map();
  let stored = first;
  let last: A | undefined;
  while (stored.state.phase !== 'ended') {
    last = decide(plan, stored.state, await takeSnapshot(ledger, plan, stored.state, performed));
    const { state, commands } = last;
    const written = await writeIfChanged(sequences, plan, stored, state);
    if (!written) {
      stored = await readAgain(sequences, plan);
      continue;
    }
    const due = commands.filter(({ operationId }) => !performed.has(operationId));
    if (due.length === 0) {
      return { plan, state, last };
    }
    await Promise.all(
      due.map(async (command) => performed.set(command.operationId, await perform(ledger, plan, command, state))),
    );
    stored = written;
  }
  return { plan, state: stored.state };
}

/** Undefined on a write conflict: another process advanced or canceled the sequence. */
async function writeIfChanged(
  { store }: Sequences,
  { sequenceId }: Plan,
  stored: StoredState,
  state: State,
): Promise<StoredState | undefined> {
  if (JSON.stringify(state) === JSON.stringify(stored.state)) {
    return stored;
  }
  const written = await store.writeState(sequenceId, { state, etag: stored.etag });
  return typeof written === 'object' ? { state, etag: written.etag } : undefined;
}

async function readAgain({ store }: Sequences, { sequenceId }: Plan): Promise<StoredState> {
  const stored = await store.readState(sequenceId);
  if (!stored) {
    throw new AppError('sequenceNotFound', 'The sequence was deleted while it ran.');
  }
  return stored;
}

/**
 * Notifies the subscribers of the end, and stops watching calls. It is safe to repeat: the notification has the same id. The
 * sequence leaves the list of open ones last, so that after a crash housekeeping finds it and finishes it.
 */
export async function finish(ledger: CallWriter, { store }: Sequences, plan: Plan, state: State): Promise<void> {
  const { sequenceId } = plan;
  for (const callId of callsOf(state)) {
    const at = state.endedAt ?? ledger.now();
    await changeCall(ledger, callId, (call) => withoutWatcher(call, sequenceId), {
      timeline: [{ at, kind: 'sequenceEnded', sequenceId, message: statusOf(state), why: plan.name ?? 'its steps' }],
    });
  }
  const masked = Object.values(state.steps).filter((step) => step.masked);
  await Promise.all(masked.map((step) => coverDigits(ledger, step)));
  const hidesResult = masked.some(({ do: name }) => name === 'collect' || operationNamed(name)?.result !== undefined);
  const { result, steps: _, createdAt: __, cancelRequestedAt: ___, ...ended } = toSequence(plan, state);
  const data = { ...ended, ...(result && !hidesResult && { result }) };
  await ledger.notifier.send(await ledger.notifier.address([{ event: sequenceEnded(data, ledger.now()) }]));
  await store.close(endedEntry(plan, state));
  ledger.log.sequenceEnded({ sequenceId, status: ended.status });
}

/** Removes from the ledger what people pressed or said in a masked step. */
async function coverDigits({ calls }: CallWriter, { do: name, callId, operationId }: StepRecord): Promise<void> {
  if (callId === undefined || operationId === undefined) {
    return;
  }
  await calls.cover(callId, operationId);
  if (name === listeningOperation.name) {
    await calls.removeDigits(callId, operationId);
  }
}

/** The index entry of an ended sequence; one whose rows were never written ended when it was listed. */
export function endedEntry({ sequenceId, createdAt, callId }: IndexedSequence, state?: State): EndedSequence {
  const ofCall = state?.callId ?? callId;
  return {
    sequenceId,
    createdAt,
    ...(ofCall !== undefined && { callId: ofCall }),
    overSince: state?.endedAt ?? createdAt,
  };
}

/** The calls that it may watch. */
function callsOf({ callId, steps }: State): Set<string> {
  return new Set([callId, ...Object.values(steps).map((step) => step.callId)].filter((one) => one !== undefined));
}

/** The time of the next advance: when something is due, or the recheck, whichever is first. */
export function nextCheckAt(ledger: Pick<Ledger, 'now'>, recheckSeconds: number, dueAt: string | undefined): string {
  const recheckAt = new Date(Date.parse(ledger.now()) + recheckSeconds * 1000).toISOString();
  return dueAt !== undefined && dueAt < recheckAt ? dueAt : recheckAt;
}

/** The keys of the steps that are running. */
export function runningSteps({ steps }: State): string[] {
  return Object.values(steps)
    .filter(({ status }) => status === 'running')
    .map(({ key }) => key);
}
