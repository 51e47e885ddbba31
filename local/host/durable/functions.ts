/** The app's orchestrator and activity functions, run for the hub. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke } from '../app/invocations.ts';
import { messageOf } from '../errors.ts';
import type { HistoryEvent } from './history.ts';
import type { Instance } from './instance.ts';
import { type OrchestratorState, stateIn } from './replay/actions.ts';

export type DurableKind = 'orchestrator' | 'activity';

/** What the library wants to know besides history and input; the names are those of the wire (recorded). */
export const protocol = {
  upperSchemaVersion: 1,
  upperSchemaVersionNew: 2,
  // Timers of any length are kept as they are, as the storage providers without a limit do.
  maximumShortTimerDuration: '36500.00:00:00',
  longRunningTimerIntervalDuration: '36500.00:00:00',
  defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
} as const;

export class DurableFunctions {
  readonly #invoke: Invoke;
  readonly #functions = new Map<string, AppFunction>();

  constructor(invoke: Invoke) {
    this.#invoke = invoke;
  }

  add(kind: DurableKind, fn: AppFunction): void {
    this.#functions.set(keyOf(kind, fn.name), fn);
  }

  has(kind: DurableKind, name: string): boolean {
    return this.#functions.has(keyOf(kind, name));
  }

  /** Replays the orchestrator over the history. Rejects when it comes to no state. */
  async orchestrate(instance: Instance, history: readonly HistoryEvent[]): Promise<OrchestratorState> {
    const trigger = {
      ...protocol,
      history,
      input: JSON.parse(instance.input) as unknown,
      instanceId: instance.id,
      isReplaying: history.some(({ IsPlayed }) => IsPlayed),
      parentInstanceId: instance.parent?.instanceId,
    };
    try {
      const { result } = await this.#invoke(this.#named('orchestrator', instance.name), {
        data: { string: JSON.stringify(trigger) },
        reason: `Episode of ${instance.id}`,
        level: 'debug',
      });
      return result as OrchestratorState;
    } catch (error) {
      const state = stateIn(messageOf(error));
      if (state === undefined) {
        throw error;
      }
      return state;
    }
  }

  /** Input and result are JSON text. Rejects with what the activity threw. */
  async act(name: string, instanceId: string, input: string): Promise<string> {
    const { result } = await this.#invoke(this.#named('activity', name), {
      data: { string: input },
      metadata: { instanceId: { string: instanceId } },
      reason: `Activity of ${instanceId}`,
    });
    return JSON.stringify(result ?? null);
  }

  #named(kind: DurableKind, name: string): AppFunction {
    const fn = this.#functions.get(keyOf(kind, name));
    if (fn === undefined) {
      throw new Error(`There is no ${kind} function "${name}" in the app.`);
    }
    return fn;
  }
}

function keyOf(kind: DurableKind, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
