import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSigningKeys } from '../../../shared/access/signing-keys.ts';

const minutes = 60_000;
const pairs = { one: await generateKeyPair('RS256'), two: await generateKeyPair('RS256') };
type Kid = keyof typeof pairs;

const published = async (...kids: Kid[]) =>
  JSON.stringify({
    keys: await Promise.all(
      kids.map(async (kid) => ({ ...(await exportJWK(pairs[kid].publicKey)), kid, alg: 'RS256' })),
    ),
  });

/** What the issuer answers; undefined cuts the connection. */
let answer: string | undefined;
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  return answer === undefined ? request.socket.destroy() : response.end(answer);
});

beforeEach(async () => {
  requests = 0;
  answer = await published('one');
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

const open = () => openSigningKeys(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
const signedBy = async (kid: Kid) =>
  new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid }).sign(pairs[kid].privateKey);

/** The names of the keys among those given whose tokens pass. */
async function accepted(keys: ReturnType<typeof openSigningKeys>, ...kids: Kid[]) {
  const verdicts = await Promise.all(
    kids.map(async (kid) =>
      jwtVerify(await signedBy(kid), keys).then(
        () => [kid],
        () => [],
      ),
    ),
  );
  return verdicts.flat();
}

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test('the keys are fetched once for many tokens', async () => {
  const keys = open();
  for (let token = 0; token < 20; token += 1) {
    expect(await accepted(keys, 'one')).toEqual(['one']);
  }
  expect(requests).toBe(1);
});

test('a token of a new key passes as soon as the issuer has published it', async () => {
  const keys = open();
  expect(await accepted(keys, 'one', 'two')).toEqual(['one']);
  answer = await published('one', 'two');
  later(1 * minutes);
  expect(await accepted(keys, 'one', 'two')).toEqual(['one', 'two']);
});

test('unknown keys make at most one request in half a minute', async () => {
  const keys = open();
  await accepted(keys, 'one');
  for (let token = 0; token < 20; token += 1) {
    expect(await accepted(keys, 'two')).toEqual([]);
  }
  expect(requests).toBe(1);
});

test('a key that the issuer has withdrawn is refused after the next refresh', async () => {
  const keys = open();
  expect(await accepted(keys, 'one')).toEqual(['one']);
  answer = await published('two');
  later(11 * minutes);
  await accepted(keys, 'one');
  await vi.waitFor(async () => expect(await accepted(keys, 'one', 'two')).toEqual(['two']));
});

test('tokens pass for an hour in which the issuer does not answer, and cost it two requests a minute at most', async () => {
  const keys = open();
  await accepted(keys, 'one');
  answer = undefined;
  for (let minute = 0; minute < 60; minute += 1) {
    later(1 * minutes);
    expect(await accepted(keys, 'one')).toEqual(['one']);
  }
  expect(requests).toBeGreaterThan(2);
  expect(requests).toBeLessThanOrEqual(1 + 60 * 2);
  answer = await published('one', 'two');
  later(1 * minutes);
  expect(await accepted(keys, 'one', 'two')).toEqual(['one', 'two']);
});

test('keys that could not be refreshed for a day are not used any more', async () => {
  const keys = open();
  await accepted(keys, 'one');
  answer = undefined;
  later(25 * 60 * minutes);
  expect(await accepted(keys, 'one')).toEqual([]);
});
