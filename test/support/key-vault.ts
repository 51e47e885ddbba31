/** A key in a server that speaks Key Vault's REST protocol, as its SDK asks for it: real RSA, TLS and challenge. */
import {
  constants,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';

export interface KeyVault {
  /** The URL of its key, without a version. */
  readonly keyUrl: string;
  readonly certificate: string;
  /** The requests with a token, such as `POST /keys/storage/1/unwrapkey`. */
  readonly requests: string[];
  /** Each request is answered with this status while it is set. */
  failsWith: number | undefined;
  /** Makes a new version of the key. */
  rotate(): void;
  close(): Promise<void>;
}

export async function startKeyVault(): Promise<KeyVault> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const versions: KeyObject[] = [];
  const json = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  function answer(response: ServerResponse, pathname: string, body: string): void {
    const [, , , version = '', action] = pathname.split('/');
    const number = Number(version || versions.length);
    const pair = versions[number - 1];
    const kid = `${vault.keyUrl}/${number}`;
    if (!pair) {
      json(response, 404, { error: { code: 'KeyNotFound', message: 'A key with that version was not found' } });
    } else if (action) {
      const { value, alg } = JSON.parse(body) as { value: string; alg: string };
      const padding = { key: pair, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      const result = (action === 'wrapkey' ? publicEncrypt : privateDecrypt)(padding, Buffer.from(value, 'base64url'));
      json(response, alg === 'RSA-OAEP-256' ? 200 : 400, { kid, value: result.toString('base64url') });
    } else {
      const { n, e } = pair.export({ format: 'jwk' });
      const attributes = { enabled: true, created: 1, updated: 1, recoveryLevel: 'Recoverable' };
      json(response, 200, { key: { kid, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'], n, e }, attributes });
    }
  }

  const server = createServer({ cert, key }, async (request, response) => {
    const { pathname } = new URL(String(request.url), vault.keyUrl);
    const body = await text(request);
    if (request.headers.authorization !== 'Bearer token') {
      const challenge = 'Bearer authorization="https://login.example.com/tenant", resource="https://vault.azure.net"';
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    vault.requests.push(`${request.method} ${pathname}`);
    if (vault.failsWith !== undefined) {
      json(response, vault.failsWith, { error: { code: 'Forbidden', message: 'Caller is not authorized' } });
      return;
    }
    answer(response, pathname, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const vault: KeyVault = {
    keyUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}/keys/storage`,
    certificate: cert,
    requests: [],
    failsWith: undefined,
    rotate() {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      versions.push(createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  vault.rotate();
  return vault;
}
