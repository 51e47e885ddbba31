/**
 * The emulator's certificates: an authority that is made once and trusted by clients, and leaves that it signs. The
 * library is loaded only to make one: most starts find them in the cache folder.
 */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_NAME = 'ACS emulator development CA';
const AUTHORITY_DAYS = 3650;
/** Clients accept 397 days at most. */
const LEAF_DAYS = 396;

/** What both have in common; they are valid a day back, for machines whose clocks differ. */
function terms(days: number) {
  const now = Date.now();
  return {
    keyType: 'ec' as const,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + days * DAY_MS),
  };
}

/** PEM blocks are joined into bundles, so each ends its last line. */
function endLine(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}

/** Makes a certificate authority that lasts ten years. */
export async function createAuthority(): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: AUTHORITY_NAME }], {
    ...terms(AUTHORITY_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: endLine(cert), key: endLine(key) };
}

/** Makes a server certificate for the hosts, signed by the authority. */
export async function createLeaf(authority: Certificate, hosts: readonly string[]): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'ACS emulator' }], {
    ...terms(LEAF_DAYS),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
      },
    ],
  });
  return { cert: endLine(cert), key: endLine(key) };
}

/** Whether a leaf can serve: the authority signed it, it fits its key, and it is valid for another day. */
export function isUsableLeaf({ cert, key }: Certificate, authority: Certificate): boolean {
  const certificate = new X509Certificate(cert);
  const isValid = Date.parse(certificate.validTo) > Date.now() + DAY_MS;
  const isSigned = certificate.verify(new X509Certificate(authority.cert).publicKey);
  return isValid && isSigned && certificate.checkPrivateKey(createPrivateKey(key));
}

/** Whether an authority's certificate can still sign: it parses, fits its key, and outlasts the next leaf. */
export function isUsableAuthority({ cert, key }: Certificate): boolean {
  const certificate = new X509Certificate(cert);
  const outlastsLeaf = Date.parse(certificate.validTo) > Date.now() + LEAF_DAYS * DAY_MS;
  return outlastsLeaf && certificate.checkPrivateKey(createPrivateKey(key));
}
