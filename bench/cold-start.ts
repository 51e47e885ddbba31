/**
 * A cold start: from the start of the host to the first answered request, with the app in the bundle that is deployed and
 * with each of its modules in a file of its own; and what telemetry adds, which is loaded only where it goes somewhere.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from '../local/build/bundle.ts';
import { freePort, portsFrom } from '../local/dev/ports.ts';
import { settingsFor } from '../local/dev/settings.ts';
import { startAzurite } from '../test/support/azurite.ts';

const RUNS = 9;
/** The discard port, at which nothing listens: exports fail. */
const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

const { file, startBytes } = await build();
const azurite = await startAzurite();
const settings = { ...settingsFor(portsFrom(() => 9)), AzureWebJobsStorage: azurite.connectionString };
const subjects = {
  'one file per module': { main: 'functions/*.ts' },
  bundle: { main: file },
  'bundle, with telemetry': { main: file, env: COLLECTOR },
};
const times: Record<string, number[]> = {};
// In turns, so that whatever else the machine does slows all of them down alike; the first of each warms the disk.
for (let run = 0; run <= RUNS; run += 1) {
  for (const [name, subject] of Object.entries(subjects)) {
    const ms = await firstAnswerMs(subject);
    times[name] = run === 0 ? [] : [...(times[name] ?? []), ms];
  }
}
await azurite.close();
const unbundled = median(times['one file per module'] ?? []);
console.log(`${file}: ${Math.ceil(startBytes / 1024)} KB at each start`);
console.table(
  Object.fromEntries(
    Object.entries(times).map(([name, each]) => [
      name,
      { 'ms to the first answer': Math.round(median(each)), 'against unbundled': ratio(median(each) / unbundled) },
    ]),
  ),
);

/** Milliseconds from the start of a host until the app has answered. */
async function firstAnswerMs({ main, env = {} }: { main: string; env?: Record<string, string> }): Promise<number> {
  const port = await freePort();
  const args = ['local/host/main.ts', '--root', '.', '--main', main, '--port', String(port), '--log', 'off'];
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...settings, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await answers(port))) {
    await delay(5);
  }
  const ms = performance.now() - startedAt;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return ms;
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/openapi.json`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ratio(value: number): string {
  return `× ${value.toFixed(2)}`;
}
