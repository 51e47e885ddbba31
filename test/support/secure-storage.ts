/**
 * Blob Storage as Azure has it, for tests of what an identity and https make possible: Azurite with a certificate, and an
 * endpoint from which a managed identity gets tokens. Azurite checks what a token says and not its signature.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { startAzurite } from './azurite.ts';

export interface SecureStorage {
  /** Address of the account, which only tokens and signatures open. */
  readonly accountUrl: string;
  /** The certificate: this process trusts it, others have to. */
  readonly certificate: string;
  /** What the environment of a process has that is the identity. */
  readonly environment: Readonly<Record<string, string>>;
  /** A token of the identity. */
  token(): string;
  close(): Promise<void>;
}

/** Starts both. */
export async function startSecureStorage(): Promise<SecureStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'secure-storage-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  const azurite = await startAzurite(['--oauth', 'basic', '--cert', certFile, '--key', keyFile]);
  const clientId = randomUUID();
  const identity = createServer((_, response) => {
    const expiresOn = Math.floor(Date.now() / 1000) + 3600;
    response.writeHead(200, { 'content-type': 'application/json' });
    const token = { access_token: tokenUntil(expiresOn), expires_on: String(expiresOn), token_type: 'Bearer' };
    response.end(JSON.stringify({ ...token, resource: 'https://storage.azure.com', client_id: clientId }));
  });
  identity.listen(0, '127.0.0.1');
  await once(identity, 'listening');
  const [, blobUrl = ''] = /BlobEndpoint=([^;]+)/.exec(azurite.connectionString) ?? [];
  return {
    accountUrl: blobUrl.replace(/^http:/, 'https:'),
    certificate: cert,
    environment: {
      AZURE_CLIENT_ID: clientId,
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/token`,
      IDENTITY_HEADER: randomUUID(),
      // A host in a process of its own trusts the certificate by this.
      NODE_EXTRA_CA_CERTS: certFile,
    },
    token: () => tokenUntil(Math.floor(Date.now() / 1000) + 3600),
    async close() {
      identity.close();
      await azurite.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A token of a made-up tenant for Azure Storage. */
function tokenUntil(exp: number): string {
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/',
    iat: exp - 7200,
    nbf: exp - 7200,
    exp,
    oid: '11059fcc-5514-4800-b5f8-49808b9cfab6',
    tid: 'ab1f708d-50f6-404c-a006-d71b2ac7a606',
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from('unsigned').toString('base64url')}`;
}
