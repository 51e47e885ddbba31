/** Runs the host's command line as a process of its own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../local/host/main.ts', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to the end. */
export async function runHost(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** A host that keeps running, and what it prints. */
export class RunningHost {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  #output = '';
  readonly #printed = new EventEmitter();

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => this.#print(chunk));
    }
    this.exited = once(this.child, 'exit').then(([exitCode]) => exitCode);
  }

  /** Waits until the output matches, from `from` on; resolves to the match. */
  async printed(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output.slice(from));
      if (match !== null) {
        return match;
      }
      await Promise.race([once(this.#printed, 'chunk'), this.exited.then(() => this.#failed(pattern))]);
    }
  }

  /** How much has been printed so far. */
  get printedLength(): number {
    return this.#output.length;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.exited;
  }

  #print(chunk: Buffer): void {
    this.#output += chunk.toString();
    this.#printed.emit('chunk');
  }

  #failed(pattern: RegExp): never {
    throw new Error(`The host exited before it printed ${pattern}:\n${this.#output}`);
  }
}
