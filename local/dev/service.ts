/** One part in a process of its own: started, waited for, listened to, stopped. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { type Probe, untilUp } from './answers.ts';

const leash = new URL('leash.ts', import.meta.url).href;

/** How much of the output of a child an error quotes. */
const tailLines = 30;

/** What to run, and how to see that it is up. */
export interface ServicePlan {
  readonly name: string;
  /** A script and its arguments, run by this Node. */
  readonly command: readonly string[];
  /** Settings on top of this process's environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** It is up when each of these says so. */
  readonly probes: readonly Probe[];
  readonly readyWithinMs: number;
  /** How long it may take to finish what is in flight before it is killed. */
  readonly stopWithinMs: number;
}

/** Takes one line that a service printed on one of its outputs. */
export type TakeLine = (service: string, line: string, output: 'stdout' | 'stderr') => void;

/** A running process. Ctrl-C in a terminal does not reach it: its parent alone decides when it stops. */
export class Service {
  readonly #onLine: TakeLine;
  readonly #plan: ServicePlan;
  readonly #child: ChildProcess;
  readonly #ended = new AbortController();
  readonly #tail: string[] = [];

  constructor(plan: ServicePlan, onLine: TakeLine = () => undefined) {
    this.#plan = plan;
    this.#onLine = onLine;
    this.#child = spawn(process.execPath, ['--import', leash, ...plan.command], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...plan.settings },
      detached: true,
    });
    const outputs = (['stdout', 'stderr'] as const).flatMap((name) => {
      const input = this.#child[name];
      return input === null ? [] : [{ name, input }];
    });
    for (const { name, input } of outputs) {
      createInterface({ input }).on('line', (line) => this.#print(line, name));
    }
    // The outputs end when everything that was printed has been read, and when what the process started has ended too.
    // The event `close` would report it, but is not raised once this side has closed the channel.
    void Promise.all([once(this.#child, 'exit'), ...outputs.map(({ input }) => finished(input))]).then(([exit]) => {
      const [code, signal] = exit;
      this.#ended.abort(this.#failure(`ended (${signal ?? `exit code ${code}`})`));
    });
  }

  /** Aborted when it has ended; the reason is an error that holds its last output. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Resolves when it is up. Rejects, with its last output, when it ends before that or takes too long. */
  async ready(signal: AbortSignal): Promise<void> {
    const { probes, readyWithinMs } = this.#plan;
    const timeout = AbortSignal.timeout(readyWithinMs);
    for (const probe of probes) {
      try {
        await untilUp(probe, AbortSignal.any([signal, this.ended, timeout]));
      } catch (error) {
        throw error === timeout.reason
          ? this.#failure(`was not up at ${probe.url} within ${readyWithinMs / 1000} s`)
          : error;
      }
    }
  }

  /** Asks it to stop and waits until it has gone, for `stopWithinMs`; then kills it. */
  async stop(): Promise<void> {
    if (this.ended.aborted) {
      return;
    }
    const gone = once(this.ended, 'abort');
    if (this.#child.connected) {
      this.#child.disconnect();
    }
    const killing = setTimeout(() => this.kill(), this.#plan.stopWithinMs);
    await gone;
    clearTimeout(killing);
  }

  /** Ends it, and what it started, at once. A detached child leads a group, which a process id below zero names. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.ended.aborted) {
      return;
    }
    // Windows has no groups.
    if (process.platform === 'win32') {
      this.#child.kill('SIGKILL');
    } else {
      killGroup(pid);
    }
  }

  #print(line: string, output: 'stdout' | 'stderr'): void {
    this.#tail.push(line);
    if (this.#tail.length > tailLines) {
      this.#tail.shift();
    }
    this.#onLine(this.#plan.name, line, output);
  }

  #failure(what: string): Error {
    return new Error([`The ${this.#plan.name} ${what}. Its last output:`, ...this.#tail].join('\n  '));
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) {
      throw error;
    }
  }
}
