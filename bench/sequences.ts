/**
 * Sequences at once: how many end per second, what a step costs in storage transactions, how long from the event that
 * settles an operation to the next request to ACS, and how all that grows from 10 sequences to 1,000.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { freePort } from '../local/dev/ports.ts';
import { startEmulator } from '../local/emulator/index.ts';
import { apiAt } from '../test/support/api.ts';
import { startAzurite } from '../test/support/azurite.ts';
import { startHostProcess } from '../test/support/host-process.ts';

const COUNTS = [10, 100, 1000];
const POLL_EVERY_MS = 250;
/** Requests for new sequences that are under way together. */
const STARTS_AT_ONCE = 50;

const callerId = '+14255550100';
/** Six operations that events of ACS settle, and a wait. */
const sequence = (callee: string, guest: string) => ({
  steps: [
    { do: 'createCall', with: { targets: [callee], callerId } },
    { id: 'guest', do: 'addParticipant', with: { target: guest, callerId } },
    { do: 'hold', with: { participant: callee } },
    { do: 'unhold', with: { participant: callee } },
    { do: 'removeParticipant', with: { participant: guest } },
    { wait: 'PT0.1S' },
  ],
  finally: [{ do: 'hangUp', with: { forEveryone: true } }],
});
const STEPS = 7;

interface Entry {
  readonly n: number;
  readonly at: string;
  readonly kind: string;
  readonly path?: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any kind of entry.
  readonly body?: any;
}

const azurite = await startAzurite();
const emulator = await startEmulator({ http: 0, https: false, quiet: true });
const services = await Promise.all(['Table', 'Blob', 'Queue'].map((name) => counted(endpointOf(name))));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const host = await startHostProcess(port, await settings());
const api = apiAt(`${url}/api`);

// The first sequences load what later ones need.
await measure(5);
const rows: [string, object][] = [];
let first: Figures | undefined;
for (const count of COUNTS) {
  process.stderr.write(`${count} sequences …\n`);
  const figures = await measure(count);
  first ??= figures;
  rows.push([
    `${count} at once`,
    {
      'sequences/s': round(figures.perSecond),
      'storage transactions/step': round(figures.transactionsPerStep),
      'p50, ms': figures.p50,
      'p99, ms': figures.p99,
      'p50 against 10': `× ${round(figures.p50 / Math.max(1, first.p50))}`,
    },
  ]);
}
console.table(Object.fromEntries(rows));
await host.kill();
await emulator.close();
await azurite.close();
// Connections that were kept open would keep this process.
process.exit(0);

interface Figures {
  readonly perSecond: number;
  readonly transactionsPerStep: number;
  readonly p50: number;
  readonly p99: number;
}

/** Starts `count` sequences, and waits until all have succeeded. */
async function measure(count: number): Promise<Figures> {
  const before = transactions();
  const entries = readLog();
  const startedAt = performance.now();
  const ids = await startAll(count);
  for (const id of ids) {
    while ((await api('GET', `sequences/${id}`)).body.status === 'running') {
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
      await entries.read();
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const spent = transactions() - before;
  await expectSuccess(ids);
  await entries.read();
  const delays = delaysIn(entries.all).sort((a, b) => a - b);
  return {
    perSecond: count / seconds,
    transactionsPerStep: spent / (count * STEPS),
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
  };
}

/** Passes on what a storage service is sent, and counts the requests: the parts of a transaction have absolute URLs. */
async function counted(target: string): Promise<{ readonly url: string; readonly count: () => number }> {
  let count = 0;
  const { hostname, port: targetPort } = new URL(target);
  const server = createServer((client) => {
    const service = connect(Number(targetPort), hostname);
    client.on('data', (bytes: Buffer) => {
      count += bytes.toString('latin1').match(/^[A-Z]+ \/\S* HTTP\/1\.1\r$/gm)?.length ?? 0;
    });
    client.pipe(service).pipe(client);
    client.on('error', () => service.destroy());
    service.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count };
}

function transactions(): number {
  return services.reduce((sum, { count }) => sum + count(), 0);
}

async function startAll(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < count; first += STARTS_AT_ONCE) {
    const batch = Array.from({ length: Math.min(STARTS_AT_ONCE, count - first) }, (_, index) => first + index);
    const started = await Promise.all(batch.map((index) => api('POST', 'sequences', sequence(...people(index)))));
    for (const { status, body } of started) {
      if (status !== 202) {
        throw new Error(`expected a sequence to start, got ${status}: ${JSON.stringify(body)}`);
      }
      ids.push(body.sequenceId);
    }
  }
  return ids;
}

async function expectSuccess(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { body } = await api('GET', `sequences/${id}`);
    if (body.status !== 'succeeded') {
      throw new Error(`expected every sequence to succeed; this did not: ${JSON.stringify(body)}`);
    }
  }
}

/** Two phone numbers that no other sequence of the run has. */
function people(index: number): [string, string] {
  const number = String(index).padStart(5, '0');
  return [`+14251${number}1`, `+14251${number}2`];
}

/** The emulator's log, read as it grows: it keeps only so much. */
function readLog() {
  let last: number | undefined;
  const all: Entry[] = [];
  return {
    all,
    async read(): Promise<void> {
      const { entries } = (await emulator.control.get(`log?since=${last ?? 0}`)) as { entries: Entry[] };
      all.push(...(last === undefined ? [] : entries));
      last = entries.at(-1)?.n ?? last ?? 0;
    },
  };
}

/** From an event that settles an operation to the next request of its call, in milliseconds. */
function delaysIn(entries: readonly Entry[]): number[] {
  const settledAt = new Map<string, number>();
  const delays: number[] = [];
  for (const { kind, at, path, body } of entries) {
    const call =
      kind === 'event' ? body?.[0]?.data?.callConnectionId : /\/callConnections\/([^/:?]+)/.exec(path ?? '')?.[1];
    const isSettling = kind === 'event' && body?.[0]?.data?.operationContext !== undefined;
    if (isSettling) {
      settledAt.set(call, Date.parse(at));
    } else if (kind === 'request' && settledAt.has(call)) {
      delays.push(Date.parse(at) - Number(settledAt.get(call)));
      settledAt.delete(call);
    }
  }
  return delays;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function endpointOf(service: string): string {
  return new RegExp(`${service}Endpoint=(http://[^/]+)`).exec(azurite.connectionString)?.[1] ?? '';
}

async function settings(): Promise<Record<string, string>> {
  const { issuer, jwksUrl, audience } = (await emulator.control.get('settings')) as Record<string, string>;
  const storage = ['Table', 'Blob', 'Queue'].reduce(
    (text, name, index) => text.replace(endpointOf(name), services[index]?.url ?? ''),
    azurite.connectionString,
  );
  return {
    ACS_CONNECTION_STRING: emulator.connectionString,
    ACS_RESOURCE_ID: String(audience),
    ACS_CALLBACK_ISSUER: String(issuer),
    ACS_CALLBACK_JWKS_URL: String(jwksUrl),
    PUBLIC_BASE_URL: url,
    AzureWebJobsStorage: storage,
    'AzureWebJobs.housekeeping.Disabled': 'true',
    'AzureWebJobs.reconciliation.Disabled': 'true',
  };
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
