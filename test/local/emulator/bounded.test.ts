/** The emulator runs for days: whatever it keeps has a limit, and what has ended leaves nothing behind. */

import { queryObjects } from 'node:v8';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TokenSigner } from '../../../local/emulator/callbacks/token-signer.ts';
import { createResource } from '../../../local/emulator/composition.ts';
import { Poster } from '../../../local/emulator/delivery/post.ts';
import { Subscriptions, subscriptionSettings } from '../../../local/emulator/event-grid/subscription.ts';
import { CALLBACK_KINDS } from '../../../local/emulator/event-kinds.ts';
import type { WireRequest } from '../../../local/emulator/http/message.ts';
import { DEFAULT_ACCESS_KEY } from '../../../local/emulator/index.ts';
import { type Resource, stopResource } from '../../../local/emulator/resource.ts';
import { respond } from '../../../local/emulator/respond.ts';
import { loadKeys } from '../../../local/emulator/tls/key-store.ts';
import { ANNA, APP_NUMBER, CACHE } from './stage.ts';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:1';

/** More than an hour's and a day's worth, at half an hour each: what is kept for so long has gone again. */
const CALLS = 100;

/** Whatever is kept is in one of these, or in a closure. */
const WHAT_KEEPS_THINGS = [Map, Set, Promise, Function];

let resource: Resource;
let requests = 0;
beforeAll(async () => {
  const { signingKey } = await loadKeys(CACHE);
  const endpoints = { url: NOWHERE, publicUrl: NOWHERE, httpsUrl: undefined, caFile: undefined, bundleFile: undefined };
  resource = createResource({
    settings: {
      accessKey: DEFAULT_ACCESS_KEY,
      publicUrl: undefined,
      noAuth: true,
      seed: 1,
      clock: 'manual',
      participantsPageSize: 1000,
      recordingChunkSeconds: 3600,
      onLogEntry: () => undefined,
    },
    tokens: new TokenSigner(signingKey, () => NOWHERE),
    poster: new Poster(),
    subscriptions: new Subscriptions(),
    endpoints: () => endpoints,
  });
  // No subscriber is there.
  for (const match of CALLBACK_KINDS) {
    await ask('POST', '/emulator/faults', { match, do: { dropEvent: true } });
  }
});
afterAll(() => stopResource(resource));

/** A request without a network: thousands of them are asked. */
async function ask(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
  const request: WireRequest = {
    method,
    target: path,
    path,
    query: new URLSearchParams(),
    headers: { host: '127.0.0.1:1', 'repeatability-request-id': `request-${requests++}` },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    origin: NOWHERE,
    port: 1,
    fromLoopback: true,
  };
  const { status, body: answer } = await respond(resource, request);
  expect(status, JSON.stringify(answer)).toBeLessThan(300);
  return (answer ?? {}) as Record<string, string>;
}

const advance = (advanceMs: number) => ask('POST', '/emulator/clock', { advanceMs });

/** A call with a bit of everything, which has ended half an hour later. */
async function oneCall(): Promise<void> {
  const { callConnectionId: id } = await ask('POST', '/calling/callConnections', {
    targets: [{ phoneNumber: { value: ANNA } }],
    sourceCallerIdNumber: { value: APP_NUMBER },
    callbackUri: `${NOWHERE}/callbacks`,
    callIntelligenceOptions: { cognitiveServicesEndpoint: NOWHERE },
    mediaStreamingOptions: { transportType: 'websocket', audioChannelType: 'mixed', transportUrl: NOWHERE },
  });
  await advance(200);
  const call = `/calling/callConnections/${id}`;
  const { recordingId } = await ask('POST', '/calling/recordings', { callConnectionId: id });
  await ask('POST', `${call}:play`, { playSources: [{ kind: 'text', text: { text: 'hello' } }] });
  await ask('POST', `${call}:startMediaStreaming`, {});
  await ask('POST', `${call}/participants:add`, { participantToAdd: { rawId: '8:acs:x' } });
  await ask('POST', '/emulator/incoming-calls', { from: ANNA, to: APP_NUMBER });
  await advance(500);
  await ask('DELETE', `/calling/recordings/${recordingId}`);
  await ask('POST', `${call}:terminate`);
  await advance(1_800_000);
}

test('calls that have ended leave nothing behind', async () => {
  const lastAndCount = async (): Promise<number[]> => {
    for (let count = 0; count < CALLS; count++) {
      await oneCall();
    }
    return WHAT_KEEPS_THINGS.map((kind) => queryObjects(kind, { format: 'count' }));
  };
  const before = await lastAndCount();
  const after = await lastAndCount();

  for (const [index, count] of after.entries()) {
    expect(count, WHAT_KEEPS_THINGS[index]?.name).toBeLessThan((before[index] ?? 0) + CALLS / 2);
  }
  const { calls } = (await ask('GET', '/emulator/calls')) as unknown as { calls: unknown[] };
  expect(calls.length).toBeLessThan(10);
});

test('events for a subscriber that is gone are dropped when too many wait', async () => {
  const attempt = (): Promise<void> => Promise.resolve();
  for (let count = 0; count < 10_000; count++) {
    resource.outbox.sendAgain(3_600_000, 'call', attempt);
  }
  resource.subscriptions.set({ name: 'gone', ...subscriptionSettings.parse({ endpoint: NOWHERE }) });
  await ask('POST', '/emulator/incoming-calls', { from: ANNA, to: APP_NUMBER });
  await advance(0);

  expect(resource.deadLetters).toMatchObject([
    { subscription: 'gone', deadLetterReason: 'MaxDeliveryAttemptsExceeded', deliveryAttempts: 1 },
  ]);
});
