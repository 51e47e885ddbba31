/** Storage that stops answering, service by service: every route answers in time, and nothing is asked of ACS afterwards. */
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { bodyOf, pathOf, unknownResources } from '../contract/requests.ts';
import { type Answer, eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { callbackOf, cloudEvent, eventIdsOf } from '../support/events.ts';
import { deliver, nextCaller } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { type StallingProxy, startStallingProxy, type Trouble } from '../support/stalling.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard, storageUrl } from '../support/switchboard.ts';
import { dialsOf, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('puts proxies that stall between the app and storage');

const timeoutMs = 1000;
/** The contract of every route; the exact limits are those of test/shared/storage-time.test.ts. */
const withinMs = 10_000;
/** So few requests at once that a busy machine does not take the time. */
const atOnce = 10;
/** Long enough for a request that goes on to dial. */
const afterwardsMs = 4000;
const services = ['Table', 'Blob', 'Queue'] as const;
const named = { Table: 'tables', Blob: 'blobs', Queue: 'queues' } as const;
const proxies = new Map<(typeof services)[number], StallingProxy>();
let board: Switchboard;
let send: (callId: string, body: unknown) => Promise<Answer>;

beforeAll(async () => {
  for (const service of services) {
    proxies.set(service, await startStallingProxy(storageUrl(service)));
  }
  const AzureWebJobsStorage = services.reduce(
    (text, service) => text.replace(storageUrl(service), String(proxies.get(service)?.url)),
    inject('storage'),
  );
  const settings = { ...withoutTimers, STORAGE_TIMEOUT_SECONDS: '1', EVENT_LOG_DAYS: '7', AUDIT_DAYS: '7' };
  board = await startSwitchboard({ ...settings, STREAM_SECONDS: '1', AzureWebJobsStorage });
  send = callbackOf(board);
});
afterEach(() => trouble('none'));
afterAll(async () => {
  await board.close();
  await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
});

function trouble(kind: Trouble, ...which: (typeof services)[number][]): void {
  for (const [service, proxy] of proxies) {
    proxy.trouble = which.length === 0 || which.includes(service) ? kind : 'none';
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; tookMs: number }> {
  const startedAt = performance.now();
  const answer = await work();
  return { answer, tookMs: Math.round(performance.now() - startedAt) };
}

type Endpoint = (typeof endpoints)[number];

/** Asks every endpoint, some at a time. */
async function eachEndpoint<T>(ask: (endpoint: Endpoint) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < endpoints.length; index += atOnce) {
    results.push(...(await Promise.all(endpoints.slice(index, index + atOnce).map(ask))));
  }
  return results;
}

/** Those that read and write nothing. */
const stateless = ['getApi', 'openApi', 'getBuiltInSequences'];

const kinds: readonly Trouble[] = ['stall', 'delay', 'cut', 'reset'];

test.each(kinds)('every endpoint answers 503 within the time while tables %s', async (kind) => {
  trouble(kind, 'Table');
  const results = await eachEndpoint(async (endpoint) => {
    const ask = () => board.api(endpoint.method, pathOf(endpoint, unknownResources()), bodyOf(endpoint));
    const { answer, tookMs } = await timed(ask);
    const isProblem = endpoint.name !== 'health' && answer.status === 503;
    const problem = isProblem ? problemIn(answer).problem : String(answer.status);
    return { name: endpoint.name, problem, isInTime: tookMs < withinMs };
  });
  const wanted = (name: string) =>
    stateless.includes(name) ? '200' : name === 'health' ? '503' : '503 storageUnavailable';
  expect(results.filter(({ name, problem, isInTime }) => problem !== wanted(name) || !isInTime)).toEqual([]);
});

test.each(services)('health says that %s storage fails, and is well when it answers again', async (service) => {
  for (const kind of kinds) {
    trouble(kind, service);
    const { answer, tookMs } = await timed(() => board.api('GET', 'health'));
    expect([kind, answer.status, tookMs < withinMs]).toEqual([kind, 503, true]);
    expect(answer.body.checks.storage.failing.map((one: { service: string }) => one.service)).toEqual([named[service]]);
    trouble('none');
    await eventually(
      () => board.api('GET', 'health'),
      ({ status }) => status === 200,
    );
  }
});

test.each(['Blob', 'Queue'] as const)(
  'every endpoint answers within the time while %s storage stalls',
  async (service) => {
    trouble('stall', service);
    const results = await eachEndpoint(async (endpoint) => {
      const ask = () => board.api(endpoint.method, pathOf(endpoint, unknownResources()), bodyOf(endpoint));
      const { answer, tookMs } = await timed(ask);
      return { name: endpoint.name, isServed: answer.status < 500 || answer.status === 503, tookMs };
    });
    expect(results.filter(({ isServed, tookMs }) => !isServed || tookMs > withinMs)).toEqual([]);
  },
);

test('callbacks are 503 while storage stalls, also behind others of the same call, and are stored when delivered again', async () => {
  const callId = await connectedCall(board.api);
  const events = Array.from({ length: 20 }, () => cloudEvent('PlayStarted'));
  trouble('stall');
  const results = await Promise.all(events.map((event) => timed(() => send(callId, [event]))));
  expect(results.map(({ answer }) => problemIn(answer).problem)).toEqual(events.map(() => '503 storageUnavailable'));
  expect(results.filter(({ tookMs }) => tookMs > withinMs)).toEqual([]);
  trouble('none');
  for (const event of events) {
    expect((await send(callId, [event])).status).toBe(200);
  }
  expect(await eventIdsOf(board, callId)).toEqual(expect.arrayContaining(events.map(({ id }) => id)));
});

test('an incoming call is not acknowledged while storage stalls, so that it is delivered again', async () => {
  const data = {
    from: { rawId: `4:${nextCaller()}` },
    to: { rawId: `4:${callerId}` },
    correlationId: randomUUID(),
    incomingCallContext: 'context',
  };
  const [eventTime, eventType] = [new Date().toISOString(), 'Microsoft.Communication.IncomingCall'];
  const event = { id: randomUUID(), topic: '/a', subject: 'a', eventType, eventTime, dataVersion: '1', data };
  trouble('stall');
  const { answer, tookMs } = await timed(() => deliver(board, [event]));
  expect([answer >= 500, tookMs < withinMs]).toEqual([true, true]);
  trouble('none');
  expect(await deliver(board, [event])).toBe(202);
});

const call = { targets: [guest], callerId };

test.each(['stall', 'delay'] as const)(
  'a call whose request was answered 503 because storage %ss is not dialled later',
  async (kind) => {
    for (const proxy of proxies.values()) {
      proxy.delayMs = timeoutMs + 500;
    }
    const keys = Array.from({ length: 10 }, () => randomUUID());
    // Some are held up before their intent is stored, some after it.
    const asked = keys.map((key, index) =>
      pause(index * 15).then(() => board.api('POST', 'calls', call, { 'idempotency-key': key })),
    );
    await pause(60);
    trouble(kind);
    const answers = await Promise.all(asked);
    const dialsOfAll = () => Promise.all(keys.map((key) => dialsOf(board, key)));
    const atAnswer = await dialsOfAll();
    trouble('none');
    await pause(timeoutMs + afterwardsMs);
    expect(await dialsOfAll()).toEqual(atAnswer);
    // Those that came while storage stalled have asked nothing of ACS.
    expect(answers.slice(-3).map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(atAnswer.slice(-3)).toEqual([0, 0, 0]);
    const key = keys.at(-1) ?? '';
    const replayed = await eventually(
      () => board.api('POST', 'calls', call, { 'idempotency-key': key, prefer: 'wait=20' }),
      ({ body }) => body.status === 'succeeded',
    );
    expect(replayed.body.operationId).toBe(key);
    expect(await dialsOf(board, key)).toBe(1);
  },
);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('500 requests against storage that stalls leave no connection and no memory behind', async () => {
  const table = proxies.get('Table');
  await board.api('GET', 'calls');
  const [heapBefore, openBefore] = [heapUsed(), table?.open ?? 0];
  trouble('stall', 'Table');
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => board.api('GET', `calls/${randomUUID()}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  }
  trouble('none');
  await eventually(
    () => board.api('GET', 'calls'),
    ({ status }) => status === 200,
  );
  await eventually(
    async () => table?.open ?? 0,
    (open) => open <= openBefore + 5,
  );
  expect(heapUsed() - heapBefore).toBeLessThan(10 * 1024 * 1024);
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
