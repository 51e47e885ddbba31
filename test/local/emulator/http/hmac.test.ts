/** Signatures made by hand as each SDK makes them, and tokens of the emulator's issuer. */

import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage, signature, signed } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ publicUrl: 'http://emulator.example:8443' });
});
afterAll(() => stage.close());

const target = '/calling/callConnections/unknown/participants/4%3A%2B14255550111?api-version=2026-03-12';
const hash = createHash('sha256').update('').digest('base64');
const date = 'Mon, 01 Jan 2001 00:00:00 GMT';

/** Sends exactly these headers to the emulator, whatever its public URL is; resolves with the status. */
async function statusOf(headers: Record<string, string>, path = target): Promise<number> {
  const { port } = new URL(stage.emulator.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function headersFor(
  host: string,
  { signedTarget = target, signedHost = host, names = 'x-ms-date;host;x-ms-content-sha256' } = {},
) {
  const values: Record<string, string> = { 'x-ms-date': date, date, host: signedHost, 'x-ms-content-sha256': hash };
  const text = `GET\n${signedTarget}\n${names
    .split(';')
    .map((name) => values[name])
    .join(';')}`;
  const authorization = `HMAC-SHA256 SignedHeaders=${names}&Signature=${signature(text)}`;
  return { host, date, 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization };
}

test.for([
  ['host with port, raw path, as JS and .NET sign', {}],
  ['host without port, as Java signs', { signedHost: '127.0.0.1' }],
  ['the path decoded, as the async Python client signs', { signedTarget: decodeURIComponent(target) }],
  [
    'the path encoded, sent decoded, as the HTTP library of the async Python client sends',
    {},
    decodeURIComponent(target),
  ],
  ['the path decoded, sent encoded', { signedTarget: decodeURIComponent(target) }, target],
  ['the public host with its port', { signedHost: 'emulator.example:8443' }],
  ['the public host without its port', { signedHost: 'emulator.example' }],
  ['date in place of x-ms-date', { names: 'date;host;x-ms-content-sha256' }],
] as const)('a signature over %s is good, however old its date', async ([, variant, sent]) => {
  const { host } = new URL(stage.emulator.url);

  // 404: the signature was accepted, and the call is unknown.
  expect(await statusOf(headersFor(host, variant), sent)).toBe(404);
});

test('a Host header without the port is good', async () => {
  expect(await statusOf(headersFor('127.0.0.1'))).toBe(404);
});

test.for([
  ['another path', { signedTarget: '/elsewhere' }],
  ['another host', { signedHost: 'elsewhere.example' }],
  ['no date', { names: 'host;x-ms-content-sha256' }],
  ['no host', { names: 'x-ms-date;x-ms-content-sha256' }],
] as const)('a signature over %s is 401', async ([, variant]) => {
  const { host } = new URL(stage.emulator.url);

  expect(await statusOf(headersFor(host, variant))).toBe(401);
});

test('a body that does not match its hash is 401 with code 7509', async () => {
  const { host } = new URL(stage.emulator.url);
  const path = '/calling/callConnections';
  const { headers } = signed(`http://${host}`, 'POST', path, { targets: [] });
  const response = await fetch(`http://${host}${path}`, { method: 'POST', headers, body: '{"targets":[1]}' });

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: '7509', message: expect.stringContaining('SHA-256') } });
});

test.for([
  ['no credentials', {}],
  ['a malformed signature', { authorization: 'HMAC-SHA256 nonsense' }],
  ['another scheme', { authorization: 'Basic abc' }],
  ['a token that is none', { authorization: 'Bearer abc' }],
] as const)('%s is 401 with an error body', async ([, headers]) => {
  const { host } = new URL(stage.emulator.url);
  const response = await fetch(`http://${host}/calling/callConnections/x`, { headers });

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
});

test.for([
  ['for ACS', { audience: 'https://communication.azure.com' }, 404],
  ['for another service', { audience: 'https://vault.azure.net' }, 401],
  ['that has expired', { expiresInSeconds: -60 }, 401],
] as const)('a token of the own issuer %s answers %d', async ([, claims, status]) => {
  const { host } = new URL(stage.emulator.url);
  const { token } = (await stage.emulator.control.post('token', claims)) as { token: string };
  const headers = { authorization: `Bearer ${token}` };

  expect((await fetch(`http://${host}/calling/callConnections/x`, { headers })).status).toBe(status);
});

test('noAuth takes requests without credentials', async () => {
  const open = await setStage({ noAuth: true });
  try {
    expect((await fetch(`${open.emulator.url}/calling/callConnections/x`)).status).toBe(404);
  } finally {
    await open.close();
  }
});
