/** One advance of a sequence while it is computed: the state so far, what is asked for, and when to look again. */
import { derivedId } from '../../acs/wire/derived-id.ts';
import { operationNamed } from '../../operations/index.ts';
import type { Step } from '../language/definition.ts';
import type { Names } from '../language/references.ts';
import type {
  OperationRequest,
  Plan,
  Snapshot,
  State,
  StepCommand,
  StepError,
  StepRecord,
  StepStatus,
} from './state.ts';
import { keepsInput } from './undo.ts';

/** The draft of an advance. It is made and thrown away by the interpreter; nobody else sees it change. */
export interface Draft {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  state: State;
  readonly commands: StepCommand[];
  wakeAtMs: number;
}

/** Where a step stands: the branch it is in, the rounds of the repetitions around it, and the step before it. */
export interface Position {
  readonly scope: string;
  readonly suffix: string;
  readonly previous?: StepRecord | undefined;
  /** A step that fails does not keep those after it from running. */
  readonly ignoresFailures?: true;
}

/** Changes what is known of a step. */
export function putStep(run: Draft, record: StepRecord): StepRecord {
  run.state = { ...run.state, steps: { ...run.state.steps, [record.key]: record } };
  return record;
}

/** A step begins. */
export function startStep(run: Draft, key: string, what: string, { scope }: Pick<Position, 'scope'>): StepRecord {
  const { now, eventCount: heard } = run.snapshot;
  return putStep(run, { key, do: what, status: 'running', startedAt: now, scope, eventsAtStart: heard });
}

/** A step ends. */
export function endStep(
  run: Draft,
  record: StepRecord,
  status: StepStatus,
  more: Partial<StepRecord> = {},
): StepRecord {
  return putStep(run, { ...record, ...more, status, endedAt: run.snapshot.now });
}

/** A step begins by asking for an operation. The id is made of the step's, so that it is the same however often it is asked. */
export function startOperation(
  run: Draft,
  key: string,
  asked: OperationRequest,
  more: Pick<StepRecord, 'scope'> & Partial<StepRecord>,
): StepRecord {
  const operationId = derivedId('sequence', run.plan.sequenceId, key);
  const record = putStep(run, { ...startStep(run, key, asked.operation, more), operationId, request: asked, ...more });
  ask(run, record);
  return record;
}

/** Learns what became of a step's operation, and asks again for one that the ledger does not know. */
export function trackOperation(run: Draft, record: StepRecord): StepRecord {
  const operationId = String(record.operationId);
  const refusal = run.snapshot.rejections[operationId];
  if (refusal) {
    return refused(run, record, refusal);
  }
  const operation = run.snapshot.operations[operationId];
  if (!operation) {
    ask(run, record);
    return record;
  }
  if (operation.isAbandoned) {
    ask(run, record);
  }
  const { status, callId, result, error } = operation;
  const { request: asked, ...rest } = record;
  const known: StepRecord = {
    ...(asked && (status === 'accepted' || keepsInput(asked.operation)) ? record : rest),
    callId,
    ...(status !== 'accepted' && { hasResponse: true as const }),
    ...(result && { result }),
    ...(error && { error: { code: error.code, message: error.message } }),
  };
  run.state = isItsCall(run, record) ? { ...run.state, callId } : run.state;
  return status === 'accepted' || status === 'sent' ? putStep(run, known) : endStep(run, known, status);
}

/** A sequence works on the first call that it has; one whose steps an orchestrator makes, on the last that it made. */
function isItsCall({ plan, state }: Draft, { do: operation }: StepRecord): boolean {
  const makesCall = operationNamed(operation)?.target === 'newCall';
  return state.callId === undefined || (makesCall && plan.orchestrator !== undefined);
}

/** In the end, in a call that is over or that never was, there is nothing left to do. */
function refused(run: Draft, record: StepRecord, error: StepError): StepRecord {
  const operation = operationNamed(record.do);
  if (operation?.satisfiedBy?.some((code) => code === error.code)) {
    return endStep(run, record, 'succeeded');
  }
  if (run.snapshot.hasCallEnded && operation?.skippedAfterCallEnd) {
    return endStep(run, record, 'skipped');
  }
  const isPast = error.code === 'callEnded' || run.state.callId === undefined;
  return isPast && isFinally(record) ? endStep(run, record, 'skipped') : endStep(run, record, 'failed', { error });
}

function ask(run: Draft, { operationId, request: asked, masked }: StepRecord): void {
  if (asked && operationId !== undefined && !run.commands.some((one) => one.operationId === operationId)) {
    run.commands.push({ ...asked, operationId, masked: masked ?? false });
  }
}

/** The branch of the steps, and that of what follows them however they ended. */
export const scopes = { steps: 'steps', finally: 'finally' } as const;

/** Whether a step is one of those that run however the others ended. */
export function isFinally({ scope }: Pick<Position, 'scope'>): boolean {
  return scope.split('/')[0] === scopes.finally;
}

/** What is known of a step goes by its id, and the round where it is repeated. */
export function keyOf({ id }: Step, { suffix }: Pick<Position, 'suffix'>): string {
  return `${id}${suffix}`;
}

/** Something happens by itself at that time. */
export function wakeAtLatest(run: Draft, atMs: number): void {
  run.wakeAtMs = Math.min(run.wakeAtMs, atMs);
}

export function nowMs(run: Draft): number {
  return Date.parse(run.snapshot.now);
}

/** What references in a step can name. Of a step in a repetition the round around it counts, else the last one. */
export function namesOf({ plan, state }: Pick<Draft, 'plan' | 'state'>, suffix: string): Names {
  return {
    input: plan.input,
    callId: state.callId,
    sequenceId: plan.sequenceId,
    step: (id) => lookUp(state, id, suffix),
  };
}

function lookUp({ steps }: State, id: string, suffix: string): StepRecord | undefined {
  const around = Array.from(
    { length: suffix.length + 1 },
    (_, cut) => steps[id + suffix.slice(0, suffix.length - cut)],
  );
  const rounds = Object.values(steps).filter(({ key }) => key.startsWith(`${id}#`) && !key.includes('~'));
  return around.find((one) => one !== undefined) ?? rounds.at(-1);
}
