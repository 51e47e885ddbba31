import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { openCallbackTokens } from '../../../shared/acs/webhook-token.ts';

const issuer = 'https://issuer.example';
const audience = 'ac5e0000-0000-4000-8000-00000000e001';
const { privateKey, publicKey } = await generateKeyPair('RS256');
const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] });
const token = () =>
  new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'one' }).setIssuer(issuer).setAudience(audience);

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
  return openCallbackTokens({ issuer, audience, jwksUrl: `http://127.0.0.1:${port}/` });
}

const goodKeys: RequestListener = (_, response) => response.end(keySet);

test('a token of the issuer for this resource passes, also when clocks differ a little', async () => {
  const verify = await verifierWith(goodKeys);
  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  await verify(`Bearer ${await token().setExpirationTime('5m').sign(privateKey)}`);
  await verify(`bearer ${await token().setExpirationTime(ago(10)).sign(privateKey)}`);
  await verify(`Bearer ${await token().setNotBefore(ago(-10)).setExpirationTime('5m').sign(privateKey)}`);
});

test.each([
  ['without an expiry', () => token()],
  ['of another issuer', () => token().setIssuer('https://other.example').setExpirationTime('5m')],
  ['that is not valid yet', () => token().setNotBefore('2m').setExpirationTime('5m')],
])('a token %s is unauthorized', async (_, forge) => {
  const verify = await verifierWith(goodKeys);
  const forged = await forge().sign(privateKey);
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
