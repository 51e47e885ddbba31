/** The app in a host process of its own, for tests that kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { apiAt, eventually } from './api.ts';

export interface HostProcess {
  readonly child: ChildProcess;
  /** SIGKILL: nothing is finished, nothing is flushed. Resolves when the process is gone. */
  kill(): Promise<void>;
}

const startWithinMs = 60_000;

/** Starts the host on a port and waits until the app answers. */
export async function startHostProcess(port: number, settings: Readonly<Record<string, string>>): Promise<HostProcess> {
  const args = [
    'local/host/main.ts',
    '--root',
    '.',
    '--main',
    'functions/*.ts',
    '--port',
    String(port),
    '--log',
    'off',
  ];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const api = apiAt(`http://127.0.0.1:${port}/api`);
  await eventually(
    () => api('GET', 'openapi.json').catch(() => undefined),
    (answer) => answer?.status === 200,
    startWithinMs,
  ).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    child,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}
