/** Runs invocations: gives each its id and its log, bounds its time, and knows which are still in flight. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { settlesWithin } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { ReadInputs } from '../inputs.ts';
import type { Log, LogLevel, LogSubject } from '../log.ts';
import type { WriteOutputs } from '../outputs.ts';
import type { AppFunction } from './function.ts';
import { type InvocationLog, type Outcome, runPipeline } from './pipeline.ts';
import type { AppRegistry } from './registry.ts';
import type { InvocationRequest, NamedData, RetryContext, TraceContext, TypedData } from './rpc.ts';
import { traceContext } from './trace-context.ts';

/** What a trigger passes to its function. */
export interface TriggerInput {
  readonly data: TypedData;
  readonly metadata?: Readonly<Record<string, TypedData>>;
  /** Why the function runs, for the log. */
  readonly reason: string;
  /** Level of the log lines about the run, also of a failed one; by default `information`, and `error` for a failure. */
  readonly level?: LogLevel;
  readonly invocationId?: string;
  readonly trace?: TraceContext;
  readonly retry?: RetryContext;
}

export type Invoke = (fn: AppFunction, input: TriggerInput) => Promise<Outcome>;

/** Which invocation the running code belongs to: names the culprit of an unhandled rejection. */
export const currentInvocation = new AsyncLocalStorage<Required<Pick<LogSubject, 'functionName' | 'invocationId'>>>();

export class Invocations {
  readonly #registry: AppRegistry;
  readonly #log: Log;
  readonly #timeoutMs: number;
  readonly #readInputs: ReadInputs;
  readonly #writeOutputs: WriteOutputs;
  readonly #inFlight = new Set<Promise<unknown>>();

  constructor(registry: AppRegistry, readInputs: ReadInputs, writeOutputs: WriteOutputs, log: Log, timeoutMs: number) {
    this.#registry = registry;
    this.#readInputs = readInputs;
    this.#writeOutputs = writeOutputs;
    this.#log = log;
    this.#timeoutMs = timeoutMs;
  }

  /** Resolves with what the function answers; rejects with what it threw, or when it takes too long. Logs either. */
  readonly invoke: Invoke = (fn, input) => {
    const running = this.#run(fn, input).finally(() => this.#inFlight.delete(running));
    this.#inFlight.add(running);
    return running;
  };

  /** Waits until nothing is in flight, at most `withinMs`; resolves to the number of invocations left running. */
  async drain(withinMs: number): Promise<number> {
    await settlesWithin(withinMs, this.#idle());
    return this.#inFlight.size;
  }

  async #idle(): Promise<void> {
    while (this.#inFlight.size > 0) {
      await Promise.allSettled(this.#inFlight);
    }
  }

  async #run(fn: AppFunction, input: TriggerInput): Promise<Outcome> {
    const request = toRequest(fn, input, this.#readInputs(fn));
    const about = { functionName: fn.name, invocationId: request.invocationId };
    const category = `Function.${fn.name}`;
    const level = input.level ?? 'information';
    const log: InvocationLog = (lineLevel, kind, message) =>
      this.#log(lineLevel, kind === 'user' ? `${category}.User` : category, message, about);
    const startedMs = performance.now();
    const ended = () => ({ ...about, durationMs: Math.round(performance.now() - startedMs) });
    this.#log(level, category, `Executing '${fn.name}' (Reason='${input.reason}')`, about);
    try {
      const run = currentInvocation.run(about, () => runPipeline(this.#registry, fn, request, log));
      const outcome = await this.#inTime(fn, run);
      await this.#writeOutputs(fn, outcome);
      this.#log(level, category, `Executed '${fn.name}' (Succeeded)`, ended());
      return outcome;
    } catch (error) {
      const cause = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
      this.#log(input.level ?? 'error', category, `Executed '${fn.name}' (Failed): ${cause}`, ended());
      throw error;
    }
  }

  /** Azure ends the whole worker process on a timeout; here the invocation fails and its code is left to itself. */
  async #inTime(fn: AppFunction, run: Promise<Outcome>): Promise<Outcome> {
    if (await settlesWithin(this.#timeoutMs, run)) {
      return run;
    }
    throw new Error(`Function "${fn.name}" ran longer than the functionTimeout of host.json.`);
  }
}

function toRequest(fn: AppFunction, input: TriggerInput, inputs: readonly NamedData[]): InvocationRequest {
  return {
    invocationId: input.invocationId ?? randomUUID(),
    functionId: fn.name,
    inputData: [{ name: fn.triggerName, data: input.data }, ...inputs],
    triggerMetadata: input.metadata ?? {},
    traceContext: input.trace ?? traceContext(),
    ...(input.retry && { retryContext: input.retry }),
  };
}
