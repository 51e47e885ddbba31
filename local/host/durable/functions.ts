/** The app's orchestrator and activity functions, run for the hub. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke } from '../app/invocations.ts';
import { messageOf } from '../errors.ts';
import type { HistoryEvent } from './history.ts';
import type { Instance } from './instance.ts';
import { type OrchestratorState, stateIn } from './replay/actions.ts';
import { OrchestrationError } from './replay/orchestration-error.ts';
import { refusalOfVersion, type Versions } from './versions.ts';

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
  readonly #versions: Versions;
  readonly #functions = new Map<string, AppFunction>();

  constructor(invoke: Invoke, versions: Versions) {
    this.#invoke = invoke;
    this.#versions = versions;
  }

  add(kind: DurableKind, fn: AppFunction): void {
    this.#functions.set(keyOf(kind, fn.name), fn);
  }

  /** Why a function cannot be called, in the words of Azure's extension; undefined when it can. */
  refusalOf(kind: DurableKind, name: string): string | undefined {
    if (this.#functions.has(keyOf(kind, name))) {
      return undefined;
    }
    const known = [...this.#functions].filter(([key]) => key.startsWith(keyOf(kind, ''))).map(([, fn]) => fn.name);
    const info =
      known.length === 0
        ? `No ${kind} functions are currently registered!`
        : `The following are the known ${kind} functions: '${known.join("', '")}'.`;
    return `The function '${name}' doesn't exist, is disabled, or is not an ${kind} function. Additional info: ${info}`;
  }

  /**
   * Replays the orchestrator over the history. Rejects when it comes to no state, and an instance of a version that the app
   * does not advance: in Azure it would wait, for ever if no app of its version comes.
   */
  async orchestrate(instance: Instance, history: readonly HistoryEvent[]): Promise<OrchestratorState> {
    const refusal = refusalOfVersion(instance.version, this.#versions);
    if (refusal !== undefined) {
      throw new OrchestrationError(refusal);
    }
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
      throw new Error(this.refusalOf(kind, name));
    }
    return fn;
  }
}

function keyOf(kind: DurableKind, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
