/** Runs the command `switchboard` as a process of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { eventually } from '../../support/api.ts';

const script = 'client/cli/switchboard.js';

/** The environment of a command that asks the app at this URL. */
export function environmentOf(url: string): NodeJS.ProcessEnv {
  return { ...process.env, SWITCHBOARD_URL: url, NO_COLOR: '1', FORCE_COLOR: undefined };
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** A command that runs until it is interrupted. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has printed, on both outputs, once that matches. */
  printed(pattern: RegExp): Promise<string>;
}

export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [script, ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return {
    child,
    printed: (pattern) =>
      eventually(
        async () => output,
        (all) => pattern.test(all),
      ),
  };
}
