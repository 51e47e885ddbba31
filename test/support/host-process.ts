/** The app in a host process of its own, for tests that kill it, and for hosts that only a command starts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { apiAt, eventually } from './api.ts';
import { hostCommand } from './target.ts';

export interface HostProcess {
  /** SIGKILL to it and what it started: nothing is finished, nothing is flushed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Lets it finish what is in flight, for half a minute. */
  close(): Promise<void>;
}

const startWithinMs = 240_000;
const closeWithinMs = 30_000;

/** How many of the last lines that the host printed an error holds. */
const tailLines = 40;

/** Starts the host on a port and waits until the app answers. Rejects with its last output when it does not. */
export async function startHostProcess(
  port: number,
  settings: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
): Promise<HostProcess> {
  const [program = '', ...args] = commandAt(port);
  const child = spawn(program, args, {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A host of many processes is a group, so that it can be killed as one.
    detached: isGroup,
    // Shells drop variables with a dot in their name, but only a shell of Windows runs a `.cmd`.
    shell: isGroup && process.platform === 'win32',
  });
  const tail: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      tail.push(line);
      tail.splice(0, tail.length - tailLines);
      onLine(line);
    });
  }
  const exit = once(child, 'exit');
  const kill = () => end(child, 'SIGKILL');
  process.once('exit', kill);
  void exit.then(() => process.off('exit', kill));
  await Promise.race([
    answersAt(port),
    exit.then(([code, signal]) => Promise.reject(new Error(`The host ended with ${signal ?? code}.`))),
  ]).catch((cause) => {
    kill();
    throw new Error(['The host did not start. Its last output:', ...tail].join('\n  '), { cause });
  });
  return {
    async kill() {
      kill();
      await exit;
    },
    async close() {
      // As Ctrl-C: the Functions host goes on at SIGTERM.
      end(child, 'SIGINT');
      const killing = setTimeout(kill, closeWithinMs);
      await exit;
      clearTimeout(killing);
    },
  };
}

const isGroup = hostCommand !== undefined;

/** The program and its arguments: the embedded host, or the command that was given. */
function commandAt(port: number): string[] {
  if (hostCommand === undefined) {
    const options = ['--root', '.', '--main', 'functions/*.ts', '--port', `${port}`, '--log', 'off'];
    return [process.execPath, 'local/host/main.ts', ...options];
  }
  return hostCommand.replaceAll('{app}', process.cwd()).replaceAll('{port}', `${port}`).split(' ');
}

async function answersAt(port: number): Promise<void> {
  const api = apiAt(`http://127.0.0.1:${port}/api`);
  await eventually(
    () => api('GET', 'openapi.json').catch(() => undefined),
    (answer) => answer?.status === 200,
    startWithinMs,
  );
}

/** Sends the signal to the process, or to the group that it leads. One that has ended is left alone. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  // Windows has no groups.
  if (isGroup && process.platform !== 'win32') {
    process.kill(-child.pid, signal);
  } else {
    child.kill(signal);
  }
}
