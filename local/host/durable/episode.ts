/**
 * An episode: an instance takes what it was told into its history, its orchestrator is replayed over it, and what comes
 * of that is one change to store. No effects but the function itself.
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
  const told = [{ EventType: eventTypes.OrchestratorStarted }, ...messages].map((one) => historyEvent(one, now));
  const { status, output } = ordered(instance, messages);
  const updated: Instance = { ...instance, status, output, updatedAt: now.toISOString(), carried: [] };
  if (status !== 'Running') {
    return { instance: updated, events: told, scheduled: [] };
  }
  try {
    const known = [...history, ...told];
    const state = await functions.orchestrate(instance, known);
    const replayed = replay(state.actions.flat(), known, instance.executionId);
    refuseImpossible(replayed.scheduled, functions);
    const scheduled = replayed.scheduled.map((one) => historyEvent(one, now));
    const concluded = conclude(updated, state, replayed);
    const isContinued = concluded.executionId !== instance.executionId;
    return {
      instance: concluded,
      events: isContinued ? [] : [...told, ...scheduled],
      scheduled: replayed.scheduled,
      openIds: replayed.openIds,
    };
  } catch (error) {
    return { instance: failed(updated, messageOf(error)), events: told, scheduled: [] };
  }
}

/** The last order counts; what ends the instance cannot be taken back. */
function ordered({ status, output }: Instance, messages: readonly Message[]): Pick<Instance, 'status' | 'output'> {
  const statuses = new Map<number, RuntimeStatus>([
    [eventTypes.ExecutionSuspended, 'Suspended'],
    [eventTypes.ExecutionResumed, 'Running'],
  ]);
  let now = status;
  for (const message of messages) {
    if (message.EventType === eventTypes.ExecutionTerminated) {
      return { status: 'Terminated', output: JSON.stringify(message.Reason) };
    }
    now = statuses.get(message.EventType) ?? now;
  }
  return { status: now, output };
}

/** What the instance is after its orchestrator has answered. It ends only when nothing is open any more (recorded). */
function conclude(before: Instance, state: OrchestratorState, { isSettled, continuation }: Replayed): Instance {
  const customStatus = state.customStatus === undefined ? before.customStatus : JSON.stringify(state.customStatus);
  const instance = { ...before, customStatus };
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
    customStatus: 'null',
    carried: events,
  };
}

/** What nobody could do fails the orchestrator that asks for it. */
function refuseImpossible(scheduled: readonly ScheduledEvent[], functions: DurableFunctions): void {
  for (const event of scheduled) {
    const kind = callKinds.get(event.EventType);
    if (kind !== undefined && 'Name' in event && !functions.has(kind, event.Name)) {
      throw new OrchestrationError(`There is no ${kind} function "${event.Name}" in the app.`);
    }
    const refusal = 'InstanceId' in event ? refusalOfId(event.InstanceId) : undefined;
    if (refusal !== undefined) {
      throw new OrchestrationError(refusal);
    }
  }
}

const callKinds = new Map<number, DurableKind>([
  [eventTypes.TaskScheduled, 'activity'],
  [eventTypes.SubOrchestrationInstanceCreated, 'orchestrator'],
]);
