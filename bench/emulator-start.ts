/** How long the emulator takes from its start until it listens, against a bare Node.js and an empty HTTP server. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 9;
const EMULATOR = ['local/emulator/main.ts', '--http', '0', '--https', '0', '--quiet'];
const EMPTY_SERVER = 'require("node:http").createServer().listen(0, () => console.log("listening"))';

/** Milliseconds from the start of a process until it says that it listens, or until it ends. */
function startMs(args: readonly string[], env: Record<string, string | undefined>): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const done = (): void => {
      resolve(performance.now() - startedAt);
      child.kill();
    };
    child.stdout.on('data', (text: Buffer) => (text.includes('listening') ? done() : undefined));
    child.once('error', reject);
    child.once('exit', done);
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const cache = await mkdtemp(join(tmpdir(), 'acs-emulator-bench-'));
const env = { ...process.env, XDG_CACHE_HOME: cache };
const subjects = {
  'node -e 0': ['-e', '0'],
  'an empty HTTP server': ['-e', EMPTY_SERVER],
  'the emulator': EMULATOR,
};
const first = await startMs(EMULATOR, env);
const times: Record<string, number[]> = {};
// In turns, so that whatever else the machine does slows all of them down alike.
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of Object.entries(subjects)) {
    times[name] = [...(times[name] ?? []), await startMs(args, env)];
  }
}
await rm(cache, { recursive: true });
const bare = median(times['node -e 0'] ?? []);
console.table(
  Object.fromEntries([
    ...Object.entries(times).map(([name, each]) => [name, row(median(each))]),
    ['the emulator, first start (makes its keys)', row(first)],
  ]),
);

function row(ms: number) {
  return { ms: Math.round(ms), 'times a bare Node.js': Number((ms / bare).toFixed(1)) };
}
