/** Reads from the ledger what the interpreter decides from, and performs through it the operations that it commands. */
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { EventKind } from '../../calls/event.ts';
import { isSettled, type Operation } from '../../calls/operation-life/operation-record.ts';
import { isCausedByCallEnd } from '../../calls/operation-life/outcome.ts';
import { departed, present } from '../../calls/presence.ts';
import { withWatcher } from '../../calls/watchers.ts';
import { AppError } from '../../errors.ts';
import { changeCall } from '../../ledger/change-call.ts';
import { leaseSeconds } from '../../ledger/commands/lease.ts';
import { perform as performOperation } from '../../ledger/commands/perform.ts';
import type { CallWriter, Ledger } from '../../ledger/ledger.ts';
import { readTones } from '../../ledger/reads/digits.ts';
import { readWholeOperation, type WholeOperation } from '../../ledger/reads/read.ts';
import { operationNamed } from '../../operations/index.ts';
import { targetParameters } from '../../operations/operation.ts';
import type { ListeningSnapshot, OperationSnapshot, StepError } from '../interpreter/state.ts';
import { openOperations, type Plan, type Snapshot, type State, type StepCommand } from '../interpreter/state.ts';
import { listeningOperation } from '../language/collect-operations.ts';
import { stepsIn } from '../language/definition.ts';

/** How a command was received: the error that rejected it, or its operation while that is open. */
export interface Received {
  readonly rejection?: StepError;
  readonly open?: Operation;
}

/** The commands that an advance has performed, by operation id. An operation that settles later wakes the sequence. */
export type Performed = Map<string, Received>;

/** The snapshot for the interpreter. The sequence becomes a watcher of its call, so that events are kept for it. */
export async function takeSnapshot(ledger: Ledger, plan: Plan, state: State, performed: Performed): Promise<Snapshot> {
  const entries = await Promise.all(
    [...openOperations(state), ...operationBefore(plan, state)].map(async ({ operationId, callId }) => {
      const open = performed.get(operationId)?.open;
      return [operationId, open ?? (await readWholeOperation(ledger, operationId, callId))] as const;
    }),
  );
  const operations = entries.flatMap(([id, one]) =>
    one ? [[id, { ...one, status: statusForSteps(one), isAbandoned: isAbandoned(ledger, one) }] as const] : [],
  );
  const rejections = [...performed].flatMap(([id, { rejection }]) => (rejection ? [[id, rejection] as const] : []));
  const hasFailedByEnd = operations.some(
    ([, { callId, error }]) => callId === state.callId && isCausedByCallEnd(error),
  );
  const call = await watchCall(ledger, plan, state.callId);
  const { events = [], received: eventCount = 0 } = call?.watchers?.[plan.sequenceId] ?? {};
  return {
    now: ledger.now(),
    operations: Object.fromEntries(operations),
    rejections: Object.fromEntries(rejections),
    hasCallEnded: call !== undefined && (hasEnded(call) || hasFailedByEnd),
    present: call ? present(call) : [],
    departed: call ? departed(call) : [],
    events,
    eventCount,
    listening: call ? await readListening(ledger, plan, state, call) : {},
  };
}

/** Read after the sequence watches the call: a tone that arrives later wakes it. */
async function readListening(
  ledger: Ledger,
  plan: Plan,
  { steps }: State,
  { callId, listening }: CallRecord,
): Promise<Snapshot['listening']> {
  const started = collects(plan) ? Object.values(steps).filter(({ do: name }) => name === listeningOperation.name) : [];
  const entries = started.flatMap(({ operationId }) => (operationId === undefined ? [] : [operationId]));
  return Object.fromEntries(
    await Promise.all(
      entries.map(async (id): Promise<[string, ListeningSnapshot]> => {
        const hasFailed = listening?.[id]?.status === 'failed';
        return [id, { hasFailed, tones: await readTones(ledger, callId, id) }];
      }),
    ),
  );
}

function collects({ definition: { steps, finally: last = [] } }: Plan): boolean {
  return [...stepsIn(steps), ...stepsIn(last)].some((step) => 'collect' in step);
}

/** The operation whose success a sequence still waits for. */
function operationBefore({ after }: Plan, { callId, choices }: State) {
  return after === undefined || choices[after] !== undefined ? [] : [{ operationId: after, callId }];
}

async function watchCall(ledger: CallWriter, plan: Plan, callId: string | undefined) {
  const call = callId === undefined ? undefined : (await ledger.calls.readCall(callId))?.record;
  return !call || hasEnded(call) || call.watchers?.[plan.sequenceId]
    ? call
    : changeCall(ledger, call.callId, (one) => withWatcher(one, plan.sequenceId, eventKindsOf(plan)), {
        timeline: [
          { at: ledger.now(), kind: 'sequenceStarted', sequenceId: plan.sequenceId, why: plan.name ?? 'its steps' },
        ],
      });
}

/** For a step, an operation that waits for a limit is one that ACS has not responded to yet. */
function statusForSteps({ status }: WholeOperation): OperationSnapshot['status'] {
  return status === 'queued' ? 'accepted' : status;
}

/** The process that sent the request has ended; performing the command again takes the operation over. */
function isAbandoned(
  ledger: Pick<Ledger, 'acsTimeoutSeconds' | 'now'>,
  { status, createdAt = ledger.now() }: WholeOperation,
): boolean {
  return status === 'accepted' && Date.parse(ledger.now()) - Date.parse(createdAt) > leaseSeconds(ledger) * 1000;
}

/**
 * Performs a command. An AppError becomes the step's error; a storage outage is rethrown so that the caller retries. What
 * another process performs is open until that has a response, or its lease is over.
 */
export async function perform(
  ledger: Ledger,
  plan: Plan,
  { operation: name, operationId, input, step, masked }: StepCommand,
  state: State,
): Promise<Received> {
  const operation = operationNamed(name);
  if (!operation) {
    return { rejection: { code: 'operationUnknown', message: `No operation is named ${name}.` } };
  }
  const parameter = targetParameters[operation.target];
  const { [parameter ?? '']: givenId, ...fields } = input;
  const targetId = givenId ?? state.callId;
  try {
    const performed = await performOperation(ledger, {
      operation,
      input: fields,
      ...(parameter !== undefined && { targetId: String(targetId).toLowerCase() }),
      idempotencyKey: operationId,
      sequence: { sequenceId: plan.sequenceId, step, kinds: eventKindsOf(plan), masked },
    });
    return isSettled(performed.operation) ? {} : { open: performed.operation };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'storageUnavailable') {
      throw error;
    }
    if (error.code === 'operationInProgress') {
      return {};
    }
    const details = error.details.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { rejection: { code: error.code, message: details ?? error.message } };
  }
}

/** The events that a `collect` depends on. */
const tones = ['ContinuousDtmfRecognitionToneReceived', 'ContinuousDtmfRecognitionToneFailed'] as const;

/** The events that any step of a sequence may wait for. */
function eventKindsOf({ definition: { steps, finally: last = [] }, orchestrator }: Plan): EventKind[] {
  const all = [...stepsIn(steps), ...stepsIn(last)];
  const awaited = all.flatMap((step) => ('waitFor' in step ? step.waitFor.events : []));
  const collected = all.some((step) => 'collect' in step) ? tones : [];
  return [...new Set([...awaited, ...collected, ...(orchestrator?.events ?? [])])];
}
