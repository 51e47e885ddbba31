/**
 * Carries a sequence on: looks at the ledger, lets the interpreter say what comes next, writes that down, and performs it.
 * Each may be repeated after a crash: an operation has an id made of the sequence's, so it is performed once.
 */
import { hasEnded } from '../calls/call.ts';
import type { EventKind } from '../calls/event.ts';
import type { Operation } from '../calls/operation-record.ts';
import { withoutWatcher, withWatcher } from '../calls/watchers.ts';
import { AppError } from '../errors.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { perform as performOperation } from '../ledger/perform.ts';
import { readWholeOperation } from '../ledger/read.ts';
import { targetParameters } from '../operations/operation.ts';
import type { StoredState } from '../storage/sequences.ts';
import { sequenceEnded } from '../webhooks/cloud-event.ts';
import { operationNamed } from './check-definition.ts';
import type { Definition, Step } from './definition.ts';
import { advance } from './interpreter.ts';
import { stepsIn } from './parse-definition.ts';
import { statusOf, toSequence } from './sequence.ts';
import { planOf, type Sequences } from './sequences.ts';
import { type Ask, openOperations, type Plan, type Seen, type State, type StepError } from './state.ts';

/** How far a sequence came: ids and names only, because Durable keeps it in its history. */
export interface Progress {
  readonly status: string;
  /** The steps that are open. */
  readonly open: readonly string[];
  /** When to look again at the latest; undefined once the sequence has ended. */
  readonly wakeAt?: string;
}

/** Carries a sequence on until only time or an event can. */
export async function carryOn(ledger: Ledger, sequences: Sequences, sequenceId: string): Promise<Progress> {
  const plan = await planOf(sequences, sequenceId);
  let stored = await sequences.store.readState(sequenceId);
  if (!plan || !stored) {
    return { status: 'unknown', open: [] };
  }
  const tried: Tried = new Map();
  while (stored.state.phase !== 'ended') {
    const seen = await look(ledger, plan, stored.state, tried);
    const { state, asks, wakeAt } = advance(plan, stored.state, seen);
    const written = await writeDown(sequences, sequenceId, stored, state);
    const untried = asks.filter(({ operationId }) => !tried.has(operationId));
    if (written && state.phase !== 'ended' && untried.length === 0) {
      return progressOf(state, atLatest(ledger, sequences, wakeAt));
    }
    if (written) {
      await Promise.all(
        untried.map(async (ask) => tried.set(ask.operationId, await perform(ledger, plan, ask, state))),
      );
    }
    stored = written ?? (await readAgain(sequences, sequenceId));
  }
  await finish(ledger, sequences, plan, stored.state);
  return progressOf(stored.state);
}

/** The operations that were asked for in this attempt, and why one could not be; what became of the others the ledger knows. */
type Tried = Map<string, StepError | undefined>;

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
async function look(ledger: Ledger, plan: Plan, state: State, tried: Tried): Promise<Seen> {
  const known = await Promise.all(openOperations(state).map((id) => readWholeOperation(ledger, id)));
  const operations = Object.fromEntries(
    known.flatMap((one) => (one ? [[one.operationId, { ...one, isForgotten: isForgotten(ledger, one) }]] : [])),
  );
  const call = state.callId === undefined ? undefined : (await ledger.calls.readCall(state.callId))?.record;
  const isWatched = call?.watchers?.[plan.sequenceId] !== undefined;
  const watched =
    call && !isWatched && !hasEnded(call)
      ? await changeCall(ledger, call.callId, (one) => withWatcher(one, plan.sequenceId, kindsOf(plan.definition)))
      : call;
  const { events = [], heard = 0 } = watched?.watchers?.[plan.sequenceId] ?? {};
  return {
    now: ledger.now(),
    operations,
    refusals: Object.fromEntries([...tried].flatMap(([id, error]) => (error ? [[id, error]] : []))),
    hasCallEnded: watched !== undefined && hasEnded(watched),
    events,
    heard,
  };
}

/** The process that asked is gone: whoever asks again takes it over. */
function isForgotten(ledger: Ledger, { status, createdAt }: Operation): boolean {
  return status === 'accepted' && Date.parse(ledger.now()) - Date.parse(createdAt) > ledger.acsTimeoutSeconds * 1000;
}

/** What a caller of the operation would be told as a problem is why the step fails. Storage that is away fails the attempt. */
async function perform(
  ledger: Ledger,
  { sequenceId, definition }: Plan,
  { operation: name, operationId, input, masked }: Ask,
  state: State,
): Promise<StepError | undefined> {
  const operation = operationNamed(name);
  if (!operation) {
    return { code: 'operationUnknown', message: `No operation is named ${name}.` };
  }
  const parameter = targetParameters[operation.target];
  const { [parameter ?? '']: given, ...fields } = input;
  const targetId = given ?? (operation.target === 'recording' ? undefined : state.callId);
  try {
    await performOperation(ledger, {
      operation,
      input: fields,
      ...(parameter !== undefined && { targetId: String(targetId).toLowerCase() }),
      idempotencyKey: operationId,
      sequence: { sequenceId, kinds: kindsOf(definition), masked },
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'storageUnavailable') {
      throw error;
    }
    const faults = error.details.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { code: error.code, message: faults ?? error.message };
  }
}

/** The events that a definition waits for anywhere. */
function kindsOf({ steps, finally: last = [] }: Definition): EventKind[] {
  const all: readonly Step[] = [...stepsIn(steps), ...stepsIn(last)];
  return [...new Set(all.flatMap((step) => ('waitFor' in step ? step.waitFor.events : [])))];
}

/** Tells those who want to know, and leaves nothing behind. After a crash it is done again. */
async function finish(ledger: Ledger, { store }: Sequences, plan: Plan, state: State): Promise<void> {
  const { sequenceId } = plan;
  if (state.callId !== undefined) {
    await changeCall(ledger, state.callId, (call) => withoutWatcher(call, sequenceId));
  }
  const masked = Object.values(state.steps).filter((step) => step.masked && step.callId !== undefined);
  await Promise.all(masked.map((step) => ledger.calls.cover(String(step.callId), String(step.operationId))));
  const { result, steps: _, createdAt: __, cancelRequestedAt: ___, ...ended } = toSequence(plan, state);
  const told = { ...ended, ...(result && masked.length === 0 && { result }) };
  await ledger.notifier.send(await ledger.notifier.address([{ event: sequenceEnded(told, ledger.now()) }]));
  await store.close(sequenceId);
  ledger.log.sequenceEnded({ sequenceId, status: ended.status });
}

function atLatest(ledger: Ledger, { recheckSeconds }: Sequences, wakeAt: string | undefined): string {
  const recheckAt = new Date(Date.parse(ledger.now()) + recheckSeconds * 1000).toISOString();
  return wakeAt !== undefined && wakeAt < recheckAt ? wakeAt : recheckAt;
}

function progressOf(state: State, wakeAt?: string): Progress {
  const open = Object.values(state.steps).filter(({ status }) => status === 'running');
  return { status: statusOf(state), open: open.map(({ key }) => key), ...(wakeAt !== undefined && { wakeAt }) };
}
