/** `--watch`: runs the host in a child process and restarts it when a source file changes. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { settlesWithin } from './clock.ts';
import { watchSources } from './source-watcher.ts';

/** Longer than the host needs to drain; a child that takes more is killed. */
const graceMs = 15_000;

interface Supervision {
  readonly script: string;
  readonly args: readonly string[];
  readonly root: string;
  readonly dataDirectory?: string | undefined;
}

/**
 * Keeps one child running until SIGINT or SIGTERM; a child that fails after a change is started again after the next one.
 * The first child ends this when it ends by itself, and its exit code becomes that of this process: what does not start at
 * every process gets the signal at once. A child closes when its channel to this process does, so it outlives neither a stop nor the death of
 * its parent.
 */
export async function superviseRestarts({ script, args, root, dataDirectory }: Supervision): Promise<void> {
  const start = () => fork(script, [...args]);
  let child = start();
  let hasChanged = false;
  const failed = new Promise<number>((resolve) => {
    child.once('exit', (exitCode) => hasChanged || resolve(exitCode ?? 1));
  });
  let restarting = Promise.resolve();
  const ignored = dataDirectory === undefined ? [] : [dataDirectory];
  const unwatch = await watchSources(root, ignored, () => {
    hasChanged = true;
    restarting = restarting.then(async () => {
      process.stdout.write('\nA source file has changed: restarting.\n');
      await end(child);
      child = start();
    });
  });
  const signaled = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => 0);
  process.exitCode = await Promise.race([failed, signaled]);
  unwatch();
  await restarting;
  await end(child);
}

/** Closes the channel, which asks the child to finish what is in flight, and waits until it has gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  if (child.connected) {
    child.disconnect();
  }
  if (!(await settlesWithin(graceMs, gone))) {
    child.kill('SIGKILL');
  }
  await gone;
}
