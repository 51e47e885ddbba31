/**
 * An episode: an instance takes its messages into its history, its orchestrator is replayed over it, and the result
 * is one change to store. No effects but the function itself.
 */

import { randomUUID } from 'node:crypto';
import { messageOf } from '../errors.ts';
import type { DurableFunctions, DurableKind } from './functions.ts';
import { eventTypes, type HistoryEvent, historyEvent, type Message, type ScheduledEvent } from './history.ts';
import type { Instance, RuntimeStatus } from './instance.ts';
import { refusalOfId } from './instance-id.ts';
import type { OrchestratorState } from './replay/actions.ts';
import { OrchestrationError } from './replay/orchestration-error.ts';
import { type Continuation, type Replayed, replay } from './replay/replay.ts';

export interface Episode {
  /** The instance as it is afterwards. */
  readonly instance: Instance;
  /** What the history gains; nothing when the instance continues as new. */
  readonly events: readonly HistoryEvent[];
  readonly scheduled: readonly ScheduledEvent[];
  /** Work that is still waited for; undefined when the orchestrator has not been asked. */
  readonly openIds?: ReadonlySet<number>;
}

/** Runs one episode. Never rejects for a reason of the orchestrator's: that becomes the failure of the instance. */
export async function runEpisode(
  { instance, history }: { readonly instance: Instance; readonly history: readonly HistoryEvent[] },
  messages: readonly Message[],
  functions: DurableFunctions,
  now: Date,
): Promise<Episode> {
  const received = [{ EventType: eventTypes.OrchestratorStarted }, ...messages].map((one) => historyEvent(one, now));
  const { status, output } = ordered(instance, messages);
  const updated: Instance = { ...instance, status, output, updatedAt: now.toISOString(), carried: [] };
  if (status !== 'Running') {
    return { instance: updated, events: received, scheduled: [] };
  }
  try {
    const known = [...history, ...received];
    const state = await functions.orchestrate(instance, known);
    refuseLongStatus(state.customStatus);
    const replayed = replay(state.actions.flat(), known, instance.executionId);
    refuseImpossible(replayed.scheduled, instance, functions);
    const scheduled = replayed.scheduled.map((one) => historyEvent(one, now));
    const concluded = conclude(updated, state, replayed, history.length === 0);
    const isContinued = concluded.executionId !== instance.executionId;
    return {
      instance: concluded,
      events: isContinued ? [] : [...received, ...scheduled],
      scheduled: replayed.scheduled,
      openIds: replayed.openIds,
    };
  } catch (error) {
    return { instance: failed(updated, messageOf(error)), events: received, scheduled: [] };
  }
}

const orders = new Map<number, RuntimeStatus>([
  [eventTypes.ExecutionSuspended, 'Suspended'],
  [eventTypes.ExecutionResumed, 'Running'],
  [eventTypes.ExecutionTerminated, 'Terminated'],
]);

/** The last command counts; one that ends the instance is final. The reason of a command becomes the output (recorded). */
function ordered({ status, output }: Instance, messages: readonly Message[]): Pick<Instance, 'status' | 'output'> {
  let now = { status, output };
  for (const message of messages) {
    const next = orders.get(message.EventType);
    if (next !== undefined && 'Reason' in message && now.status !== 'Terminated') {
      now = { status: next, output: message.Reason === null ? now.output : asJson(message.Reason) };
    }
  }
  return now;
}

/** A text that is JSON stands for its value. */
function asJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return JSON.stringify(text);
  }
}

/** What the instance is after its orchestrator has answered. It ends only when nothing is open any more (recorded). */
function conclude(
  before: Instance,
  state: OrchestratorState,
  { isSettled, continuation }: Replayed,
  isFirst: boolean,
): Instance {
  const instance = { ...before, customStatus: customStatusOf(state, before, isFirst) };
  if (!isSettled || (!state.isDone && state.error === undefined)) {
    return instance;
  }
  if (state.error !== undefined) {
    return failed(instance, state.error);
  }
  return continuation === undefined
    ? { ...instance, status: 'Completed', output: JSON.stringify(state.output ?? null) }
    : continued(instance, continuation);
}

/** One that is not set is null, except in the first episode, which has that of the execution before (recorded). */
function customStatusOf({ customStatus }: OrchestratorState, before: Instance, isFirst: boolean): string {
  const unset = isFirst ? before.customStatus : 'null';
  return customStatus === undefined ? unset : JSON.stringify(customStatus);
}

/** The words are those of Azure's extension (recorded). */
function failed(instance: Instance, reason: string): Instance {
  const output = JSON.stringify(`Orchestrator function '${instance.name}' failed: ${reason}`);
  return { ...instance, status: 'Failed', output };
}

function continued(instance: Instance, { input, events }: Continuation): Instance {
  return {
    ...instance,
    executionId: randomUUID(),
    generation: instance.generation + 1,
    input,
    carried: events,
  };
}

/**
 * Work that cannot be done fails the orchestrator that asks for it. In Azure such an instance waits forever: the extension
 * discards its own exception, and the library never learns of it (azure-functions-durable-extension 527, seen with 3.19.0).
 */
function refuseImpossible(scheduled: readonly ScheduledEvent[], instance: Instance, functions: DurableFunctions): void {
  for (const event of scheduled) {
    const kind = callKinds.get(event.EventType);
    const refusals = [
      kind !== undefined && 'Name' in event ? functions.refusalOf(kind, event.Name) : undefined,
      'InstanceId' in event ? refusalOfId(event.InstanceId) : undefined,
      'InstanceId' in event ? refusalOfKin(event.InstanceId, instance) : undefined,
    ];
    for (const refusal of refusals.filter((one) => one !== undefined)) {
      throw new OrchestrationError(refusal);
    }
  }
}

/** A sub-orchestration may have neither the id of its caller nor that of its caller's caller. */
function refusalOfKin(childId: string, { id, parent }: Instance): string | undefined {
  const isKin = [id, parent?.instanceId].some((one) => one?.toLowerCase() === childId.toLowerCase());
  return isKin
    ? 'The instance ID of a sub-orchestration must be different than the instance ID of a parent orchestration.'
    : undefined;
}

/** Sizes in KB are cut to whole numbers before they are compared, as Azure's extension does. */
function refuseLongStatus(customStatus: unknown): void {
  const sizeKb = Math.floor((2 * (JSON.stringify(customStatus) ?? '').length) / 1024);
  if (sizeKb > longestStatusKb) {
    throw new OrchestrationError(
      `The UTF-16 size of the JSON-serialized payload must not exceed ${longestStatusKb} KB. ` +
        `The current payload size is ${sizeKb} KB.`,
    );
  }
}

const longestStatusKb = 16;

const callKinds = new Map<number, DurableKind>([
  [eventTypes.TaskScheduled, 'activity'],
  [eventTypes.SubOrchestrationInstanceCreated, 'orchestrator'],
]);
