/** Garbage on every route: the emulator answers in ACS's shape, at once, never with a bug of its own, and lives on. */

import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../../../local/emulator/control/index.ts';
import { operations } from '../../../../local/emulator/operations/index.ts';
import { runs } from '../../../support/property-runs.ts';
import { type Stage, setStage } from '../stage.ts';
import { bodiesOf } from './json-body.ts';
import { type Live, populate, recordedFile, withIds } from './live.ts';

/** Longer than any answer takes on a busy machine: what is slower counts as a hang. */
const TIMEOUT_MS = 120_000;
const REQUESTS = 500;
const REQUESTS_BETWEEN_SUPPLIES = 40;

let stage: Stage;
let live: Live;
beforeAll(async () => {
  stage = await setStage({ noAuth: true, clock: 'real' });
  await stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/events` });
  live = await populate(stage);
  live = { ...live, documentId: await recordedFile(stage, live) };
});
afterEach(async () => {
  expect(await stage.emulator.control.get('settings')).toMatchObject({ url: stage.emulator.url });
});
afterAll(() => stage.close());

const routes = [
  ...operations.map(({ method, path, request }) => ({ method, path, body: request })),
  // A reset would take away what there is to act upon, and a real clock cannot be turned.
  ...endpoints
    .filter(({ path }) => path !== '/reset')
    .map(({ method, path, body }) => ({ method, path: `/emulator${path}`, body })),
];

const segment = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1 }).map(escaped) },
  { weight: 1, arbitrary: fc.constantFrom('%', '%zz', '%00', ':', '..', '8:acs:x', '%2F..%2F', '4%3A%2B14255550111') },
);
const headers = fc.dictionary(
  fc.constantFrom(
    'authorization',
    'range',
    'x-ms-host',
    'repeatability-request-id',
    'x-ms-client-request-id',
    'accept',
  ),
  fc.oneof(fc.constantFrom('bytes=0-', 'bytes=9-1', 'bytes=-0', 'Bearer x', 'HMAC-SHA256 x'), fc.string()),
  { maxKeys: 2 },
);
/** Values of path parameters: mostly what is there. */
const place = fc.oneof({ weight: 10, arbitrary: fc.constant('@') }, { weight: 1, arbitrary: segment });
const aRequest = fc.constantFrom(...routes).chain(({ method, path, body }) =>
  fc.record({
    method: fc.constant(method),
    path: fc.constant(path),
    places: fc.array(place, { minLength: 4, maxLength: 4 }),
    query: fc.option(fc.webQueryParameters(), { nil: 'api-version=2026-03-12' }),
    headers,
    body: body === undefined ? fc.option(fc.json(), { freq: 5 }) : bodiesOf(body).map((value) => JSON.stringify(value)),
  }),
);

/** Faults and rings that were asked for would bend what follows. */
const UNDO: Record<string, () => Promise<unknown>> = {
  '/emulator/faults': () => stage.emulator.control.delete('faults'),
};

test('bodies that nearly fit, on every route, are taken or refused', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(aRequest, async ({ method, path, places, query, headers, body }) => {
      if (++count % REQUESTS_BETWEEN_SUPPLIES === 0) {
        live = { ...live, ...(await populate(stage)) };
      }
      const [...parameters] = places;
      const target = path.replace(/\{\+?(\w+)\}/g, (_, name: string) => {
        const value = parameters.pop() ?? '@';
        return value === '@' ? encodeURIComponent(live[name] ?? 'x') : value;
      });
      const init = body === null || method === 'GET' ? {} : { body: withIds(body, live) };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${stage.emulator.url}${target}?${query}`, { method, headers, signal, ...init });
      const answer = await response.text();
      await UNDO[path]?.();

      expectAnAnswer(response.status, answer);
    }),
    runs(REQUESTS),
  );
});

test('any verb on any path with any bytes is answered', async () => {
  const verb = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  const path = fc.oneof(
    fc.webPath(),
    fc.constantFrom(...routes).map((route) => route.path),
  );
  await fc.assert(
    fc.asyncProperty(verb, path, fc.uint8Array({ maxLength: 300 }), async (method, target, bytes) => {
      const init = method === 'GET' || method === 'HEAD' ? {} : { body: bytes };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${stage.emulator.url}${escaped(target)}`, { method, signal, ...init });
      const answer = await response.text();

      if (method !== 'HEAD') {
        expectAnAnswer(response.status, answer);
      }
    }),
    runs(200),
  );
});

function expectAnAnswer(status: number, answer: string): void {
  expect(status).not.toBe(500);
  if (status >= 400) {
    expect(JSON.parse(answer)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  }
}

/** Percent-encodes what `fetch` would refuse, and leaves the rest as it is. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/[^\w/%:.~{}+-]/gu, encodeURIComponent);
}
