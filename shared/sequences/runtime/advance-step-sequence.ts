/**
 * Drives a sequence: looks at the ledger, lets a pure function say what comes next, writes that down, and performs it.
 * Each may be repeated after a crash: an operation has an id made of the sequence's, so it is performed once.
 */
import { hasEnded } from '../../calls/call.ts';
import type { EventKind } from '../../calls/event.ts';
import { isSettled, type Operation } from '../../calls/operation-life/operation-record.ts';
import { withWatcher } from '../../calls/watchers.ts';
import { AppError } from '../../errors.ts';
import { changeCall } from '../../ledger/change-call.ts';
import { perform as performOperation } from '../../ledger/commands/perform.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readWholeOperation, type WholeOperation } from '../../ledger/reads/read.ts';
import { targetParameters } from '../../operations/operation.ts';
import type { StoredState } from '../../storage/sequences.ts';
import { inKeptTrace } from '../../telemetry/spans.ts';
import type { Advance } from '../interpreter/interpreter.ts';
import {
  openOperations,
  type Plan,
  type Snapshot,
  type State,
  type StepCommand,
  type StepError,
} from '../interpreter/state.ts';
import { operationNamed } from '../language/check-definition.ts';
import type { Step } from '../language/definition.ts';
import { stepsIn } from '../language/schema.ts';
import { planOf, type Sequences } from './sequences.ts';

/** Says what comes next; pure. */
type Next<A extends Advance> = (plan: Plan, state: State, seen: Snapshot) => A;

/** How far a sequence was driven. */
export interface Advanced<A extends Advance> {
  readonly plan: Plan;
  readonly state: State;
  /** The last advance; undefined when the sequence had ended before, or somebody else ended it. */
  readonly last?: A;
}

/** Drives a sequence until it has ended, or only time or an event can help. Undefined when there is no such sequence. */
export async function advanceWith<A extends Advance>(
  ledger: Ledger,
  sequences: Sequences,
  sequenceId: string,
  next: Next<A>,
): Promise<Advanced<A> | undefined> {
  const [plan, stored] = await Promise.all([planOf(sequences, sequenceId), sequences.store.readState(sequenceId)]);
  return plan && stored
    ? inKeptTrace(plan.trace, 'sequence', { sequenceId }, () => driveOn(ledger, sequences, plan, stored, next))
    : undefined;
}

async function driveOn<A extends Advance>(
  ledger: Ledger,
  sequences: Sequences,
  plan: Plan,
  first: StoredState,
  next: Next<A>,
): Promise<Advanced<A>> {
  const { sequenceId } = plan;
  let stored = first;
  const tried: Tried = new Map();
  let last: A | undefined;
  while (stored.state.phase !== 'ended') {
    const seen = await look(ledger, plan, stored.state, tried);
    last = next(plan, stored.state, seen);
    const { state, commands: asks } = last;
    const written = await writeDown(sequences, sequenceId, stored, state);
    const untried = asks.filter(({ operationId }) => !tried.has(operationId));
    if (written && untried.length === 0) {
      return { plan, state, last };
    }
    if (written) {
      await Promise.all(
        untried.map(async (ask) => tried.set(ask.operationId, await perform(ledger, plan, ask, state))),
      );
    }
    stored = written ?? (await readAgain(sequences, sequenceId));
  }
  return { plan, state: stored.state };
}

/**
 * The operations that were asked for in this attempt: why one could not be, or what it was when ACS had answered. One that
 * settles later wakes the sequence; one that has settled is read.
 */
type Tried = Map<string, { readonly refusal?: StepError; readonly open?: Operation }>;

/** A state that did not change is not written. Undefined when somebody else wrote it: a request to cancel. */
async function writeDown(
  { store }: Sequences,
  sequenceId: string,
  stored: StoredState,
  state: State,
): Promise<StoredState | undefined> {
  if (JSON.stringify(state) === JSON.stringify(stored.state)) {
    return stored;
  }
  const written = await store.writeState(sequenceId, { state, etag: stored.etag });
  return typeof written === 'object' ? { state, etag: written.etag } : undefined;
}

async function readAgain({ store }: Sequences, sequenceId: string): Promise<StoredState> {
  const stored = await store.readState(sequenceId);
  if (!stored) {
    throw new AppError('sequenceNotFound', 'The sequence was deleted while it ran.');
  }
  return stored;
}

/** What the interpreter is told of the ledger. */
async function look(ledger: Ledger, plan: Plan, state: State, tried: Tried): Promise<Snapshot> {
  const known = await Promise.all(
    openOperations(state).map(async ({ operationId, callId }) => {
      const open = tried.get(operationId)?.open;
      return [operationId, open ?? (await readWholeOperation(ledger, operationId, callId))] as const;
    }),
  );
  const operations = Object.fromEntries(
    known.flatMap(([id, one]) => (one ? [[id, { ...one, isAbandoned: isAbandoned(ledger, one) }]] : [])),
  );
  const call = state.callId === undefined ? undefined : (await ledger.calls.readCall(state.callId))?.record;
  const isWatched = call?.watchers?.[plan.sequenceId] !== undefined;
  const watched =
    call && !isWatched && !hasEnded(call)
      ? await changeCall(ledger, call.callId, (one) => withWatcher(one, plan.sequenceId, kindsOf(plan)))
      : call;
  const { events = [], received: heard = 0 } = watched?.watchers?.[plan.sequenceId] ?? {};
  return {
    now: ledger.now(),
    operations,
    rejections: Object.fromEntries([...tried].flatMap(([id, { refusal }]) => (refusal ? [[id, refusal]] : []))),
    hasCallEnded: watched !== undefined && hasEnded(watched),
    events,
    eventCount: heard,
  };
}

/** The process that asked is gone: whoever asks again takes it over. */
function isAbandoned(ledger: Ledger, { status, createdAt = ledger.now() }: WholeOperation): boolean {
  return status === 'accepted' && Date.parse(ledger.now()) - Date.parse(createdAt) > ledger.acsTimeoutSeconds * 1000;
}

/** What a caller of the operation would be told as a problem is why the step fails. Storage that is away fails the attempt. */
async function perform(
  ledger: Ledger,
  plan: Plan,
  { operation: name, operationId, input, masked }: StepCommand,
  state: State,
): Promise<{ readonly refusal?: StepError; readonly open?: Operation }> {
  const operation = operationNamed(name);
  if (!operation) {
    return { refusal: { code: 'operationUnknown', message: `No operation is named ${name}.` } };
  }
  const parameter = targetParameters[operation.target];
  const { [parameter ?? '']: given, ...fields } = input;
  const targetId = given ?? state.callId;
  try {
    const performed = await performOperation(ledger, {
      operation,
      input: fields,
      ...(parameter !== undefined && { targetId: String(targetId).toLowerCase() }),
      idempotencyKey: operationId,
      sequence: { sequenceId: plan.sequenceId, kinds: kindsOf(plan), masked },
    });
    return isSettled(performed.operation) ? {} : { open: performed.operation };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'storageUnavailable') {
      throw error;
    }
    const faults = error.details.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { refusal: { code: error.code, message: faults ?? error.message } };
  }
}

/** The events that a sequence may wait for anywhere. */
function kindsOf({ definition: { steps, finally: last = [] }, orchestrator }: Plan): EventKind[] {
  const all: readonly Step[] = [...stepsIn(steps), ...stepsIn(last)];
  const inSteps = all.flatMap((step) => ('waitFor' in step ? step.waitFor.events : []));
  return [...new Set([...inSteps, ...(orchestrator?.events ?? [])])];
}
