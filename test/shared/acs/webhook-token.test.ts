import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { openCallbackTokens } from '../../../shared/acs/webhook-token.ts';

const issuer = 'https://issuer.example';
const audience = 'ac5e0000-0000-4000-8000-00000000e001';
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' };
const keySet = JSON.stringify({ keys: [{ ...key, alg: 'RS256' }] });
const token = (alg = 'RS256') =>
  new SignJWT({}).setProtectedHeader({ alg, kid: 'one' }).setIssuer(issuer).setAudience(audience);

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A verifier that fetches its keys from a server that answers so. */
async function verifierWith(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  opened.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const windows = { replaySeconds: 600, clockSkewSeconds: 30 };
  return openCallbackTokens({ issuer, audience, jwksUrl: `http://127.0.0.1:${port}/`, ...windows });
}

const goodKeys: RequestListener = (_, response) => response.end(keySet);

test('a token of the issuer for this resource passes, also when clocks differ a little', async () => {
  const verify = await verifierWith(goodKeys);
  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  await verify(`Bearer ${await token().setExpirationTime('5m').sign(privateKey)}`);
  await verify(`bearer ${await token().setExpirationTime(ago(10)).sign(privateKey)}`);
  await verify(`Bearer ${await token().setNotBefore(ago(-10)).setExpirationTime('5m').sign(privateKey)}`);
});

const now = Math.floor(Date.now() / 1000);
const signedAgo = (seconds: number) =>
  token()
    .setIssuedAt(now - seconds)
    .setExpirationTime('1h');

test.each([
  ['now', 0],
  ['in the future, by less than clocks differ', -20],
  ['before the end of its window', 590],
  ['before its window and the difference of clocks are over', 620],
])('a token that was signed %s passes', async (_, seconds) => {
  const verify = await verifierWith(goodKeys);
  await verify(`Bearer ${await signedAgo(seconds).sign(privateKey)}`);
});

test.each([
  ['without an expiry', () => token()],
  ['that was signed before its window, although it has not expired', () => signedAgo(650)],
  ['that was signed in the future', () => signedAgo(-60)],
  ['of another issuer', () => token().setIssuer('https://other.example').setExpirationTime('5m')],
  ['that is not valid yet', () => token().setNotBefore('2m').setExpirationTime('5m')],
])('a token %s is unauthorized', async (_, forge) => {
  const verify = await verifierWith(goodKeys);
  const forged = await forge().sign(privateKey);
  await expect(verify(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'unauthorized' });
});

test('a token signed by our key in another way is unauthorized, also where the key set names no way', async () => {
  const verify = await verifierWith((_, response) => response.end(JSON.stringify({ keys: [key] })));
  const signed = token('PS256').setExpirationTime('5m');
  const forged = await signed.sign(await importJWK(await exportJWK(privateKey), 'PS256'));
  await expect(verify(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'unauthorized' });
});

test.each<[string, RequestListener]>([
  ['an error', (_, response) => response.writeHead(500).end()],
  ['nothing', (request) => request.socket.destroy()],
  ['no JSON', (_, response) => response.end('<html>')],
  ['no key set', (_, response) => response.end('{}')],
])('a key server that answers %s is an outage, and no verdict on the token', async (_, answer) => {
  const verify = await verifierWith(answer);
  const good = await token().setExpirationTime('5m').sign(privateKey);
  await expect(verify(`Bearer ${good}`)).rejects.toMatchObject({ code: 'acsUnreachable' });
});
