/** Requests made of the API's own description, valid and not: none makes the app fail, and each answer is as described. */
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../../../shared/http/endpoints/index.ts';
import type { Answer } from '../../support/api.ts';
import { connectedCall, guest, ringingCall } from '../../support/calls.ts';
import { participantIdIn } from '../../support/people.ts';
import { ownHostOnly } from '../../support/suited.ts';
import type { PublishedBoard } from '../published.ts';
import { makeResources, type Resources, startWholeBoard, user, waitingSequence } from '../requests.ts';
import { type FuzzRequest, requestsTo } from './fuzz-requests.ts';

const test = ownHostOnly('starts the app with a host that may be notified, and an app of its own to break');

const wanted = Number(process.env.FUZZ_REQUESTS ?? 400);
const seed = Number(process.env.FUZZ_SEED ?? 42);

/** The number of requests after which the resources that they have ended, changed or removed are made again. */
const batchSize = 100;
const concurrency = 8;

let board: PublishedBoard;
let resources: Resources | undefined;

beforeAll(async () => {
  board = await startWholeBoard();
});
afterAll(() => board.close());

/** What requests name: rules and limits of earlier ones would keep calls from being made. */
async function freshResources(): Promise<Resources> {
  const { api } = board;
  await api('PUT', 'limits', {});
  for (const kind of ['routing-rules', 'webhooks', 'api-keys']) {
    const { items } = (await api('GET', kind)).body;
    const names: string[] = items.map((one: Record<string, string>) => one.ruleId ?? one.webhookId ?? one.apiKeyId);
    for (const name of names.filter((one) => one !== 'contract')) {
      await api('DELETE', `${kind}/${encodeURIComponent(name)}`);
    }
  }
  const kept = [`recordings/${resources?.recordingId}`, `webhooks/contract/deliveries/${resources?.deliveryId}`];
  const answers = await Promise.all(kept.map((path) => api('GET', path)));
  if (answers.some(({ status, body }) => status !== 200 || body.status === 'deleted')) {
    return makeResources(board);
  }
  await api('PUT', 'routing-rules/contract', { priority: 10, enabled: false, action: { kind: 'leave' } });
  const callId = await connectedCall(api, [user, guest]);
  const participantId = await participantIdIn(api, `calls/${callId}`, user);
  const [incomingCallId, sequenceId] = [await ringingCall(board), await waitingSequence(api)];
  const { apiKeyId } = (await api('POST', 'api-keys', { name: 'contract', roles: ['Calls.Read'] })).body;
  return { ...resources, callId, participantId, incomingCallId, sequenceId, apiKeyId };
}

/** Sends a request; what is wrong with its answer, if anything. */
async function send(request: FuzzRequest, statuses: Map<number, number>): Promise<string | undefined> {
  const { method, params, query, headers, body } = request;
  const path = request.path
    .slice(1)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? resources?.[name] ?? 'none'));
  const search = new URLSearchParams(query).toString();
  try {
    const answer = await retried(() => board.api(method, search === '' ? path : `${path}?${search}`, body, headers));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    return answer.status < 500 ? undefined : `${answer.status} ${JSON.stringify(answer.body)}`;
  } catch (error) {
    return String(error);
  }
}

/** Storage that a busy machine kept from answering in time is no fault of the request: one that is, fails again. */
async function retried(ask: () => Promise<Answer>): Promise<Answer> {
  const answer = await ask();
  if (answer.body?.code !== 'storageUnavailable') {
    return answer;
  }
  report('storage did not answer in time; the request is sent again');
  await setTimeout(5000);
  return ask();
}

test(`none of ${wanted} requests is answered with 5xx, and each answer is as described`, async () => {
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const requests = requestsTo(board.document);
  report(`seed ${seed}, ${wanted} requests`);
  for (let sent = 0; sent < wanted; sent += batchSize) {
    resources = await freshResources();
    const batch = fc.sample(requests, { seed: seed + sent, numRuns: Math.min(batchSize, wanted - sent) });
    const next = batch.values();
    const sender = async () => {
      for (const request of next) {
        const failure = await send(request, statuses);
        if (failure !== undefined) {
          failures.push(`${JSON.stringify(request).slice(0, 3000)}\n  -> ${failure.slice(0, 3000)}`);
          report(failures.at(-1) ?? '');
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, sender));
    report(
      `${sent + batch.length} of ${wanted}: ${failures.length} failed, by status ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`,
    );
  }
  expect(failures).toEqual([]);
  const { seen } = board;
  const unsuccessful = endpoints.filter(
    ({ name, success }) => !success.some(({ status }) => seen.has(`${name} ${status}`)),
  );
  report(`without a success: ${unsuccessful.map(({ name }) => name).join(', ') || 'none'}`);
  // Requests that all were refused would prove little.
  const succeeded = [...statuses].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
  expect(succeeded).toBeGreaterThan(wanted / 10);
}, 7_200_000);

function report(line: string): void {
  if (process.env.FUZZ_REQUESTS !== undefined) {
    process.stderr.write(`fuzz: ${line}\n`);
  }
}
