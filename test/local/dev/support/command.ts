/** Runs one of the project's commands as a process of its own. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

export class Command {
  readonly child: ChildProcess;
  /** Resolves to the exit code once everything it printed has been read; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  output = '';
  readonly #printed = new EventEmitter();

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        this.#printed.emit('chunk');
      });
    }
    this.ended = once(this.child, 'close').then(([exitCode]) => exitCode as number | null);
  }

  /** Waits until it has printed the text. */
  async printed(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      const isOver = await Promise.race([once(this.#printed, 'chunk').then(() => false), this.ended.then(() => true)]);
      if (isOver && !this.output.includes(text)) {
        throw new Error(`It ended before it printed "${text}":\n${this.output}`);
      }
    }
  }

  /** The processes that it started, and those that they started, which are still running. */
  async descendants(): Promise<number[]> {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((row) => row.trim().split(/\s+/));
    const living = rows.filter(([, , state]) => !state?.startsWith('Z'));
    const below = (parent: string): string[] =>
      living.filter(([, ppid]) => ppid === parent).flatMap(([pid = '']) => [pid, ...below(pid)]);
    return below(String(this.child.pid)).map(Number);
  }
}

/** Which of the processes are still running. */
export async function stillRunning(pids: readonly number[]): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,stat=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const living = new Set(rows.filter(([, state]) => !state?.startsWith('Z')).map(([pid]) => Number(pid)));
  return pids.filter((pid) => living.has(pid));
}
