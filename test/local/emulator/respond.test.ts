/** Garbage on every route: the emulator answers in ACS's shape, never with a bug of its own, and lives on. */

import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../../local/emulator/control/index.ts';
import { operations } from '../../../local/emulator/operations/index.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ noAuth: true });
});
afterAll(() => stage.close());

const routes = [
  ...operations.map(({ method, path }) => ({ method, path })),
  // A reset or an advance would only hide what went before.
  ...endpoints
    .filter(({ path }) => path !== '/clock')
    .map(({ method, path }) => ({ method, path: `/emulator${path}` })),
];

/** Bodies that are nearly right are found by mixing the names that the schemas know with anything. */
const KNOWN = [
  'targets',
  'callbackUri',
  'rawId',
  'phoneNumber',
  'value',
  'kind',
  'incomingCallContext',
  'callLocator',
  'then',
];
const name = fc.oneof(fc.constantFrom(...KNOWN), fc.string());
const { garbage } = fc.letrec((tie) => ({
  garbage: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1, 1e308, '', '+14255550111', '8:acs:x', 'http://127.0.0.1:1/'),
    fc.string(),
    fc.array(tie('garbage'), { maxLength: 3 }),
    fc.dictionary(name, tie('garbage'), { maxKeys: 4 }),
  ),
}));
const body = fc.oneof(
  garbage.map((value) => JSON.stringify(value)),
  fc.string(),
);
const segment = fc.oneof(
  fc.string({ minLength: 1 }).map(encodeURIComponent),
  fc.constantFrom('%', '%zz', '%00', ':', '..', '8:acs:x'),
);

test('no request makes it fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      segment,
      body,
      fc.webQueryParameters(),
      async (route, id, payload, query) => {
        const path = route.path.replace(/\{[^}]+\}/g, () => id);
        const init = route.method === 'GET' ? {} : { body: payload };
        const response = await fetch(`${stage.emulator.url}${path}?${query}`, { method: route.method, ...init });
        const text = await response.text();

        expect(response.status).not.toBe(500);
        if (response.status >= 400) {
          expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
        }
      },
    ),
    { numRuns: 600 },
  );
});

test('any verb on any path is answered', async () => {
  const verb = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(verb, fc.webPath(), async (method, path) => {
      const response = await fetch(`${stage.emulator.url}${path}`, { method });

      expect([200, 404, 501, 400]).toContain(response.status);
    }),
    { numRuns: 100 },
  );
});

test.for([
  ['no HTTP', 'hello there\r\n\r\n', 400],
  ['an endless header', `GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(70_000)}\r\n\r\n`, 400],
  [
    'an absolute target',
    'GET http://elsewhere.example/calling/callConnections/x HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n',
    404,
  ],
] as const)('%s gets an answer', async ([, bytes, status]) => {
  const { port } = new URL(stage.emulator.url);
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });

  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"error":`));
});

test('a body over a megabyte is 413', async () => {
  const response = await fetch(`${stage.emulator.url}/calling/callConnections`, {
    method: 'POST',
    body: 'x'.repeat(1_100_000),
  });

  expect(response.status).toBe(413);
});
