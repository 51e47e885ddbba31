/**
 * The emulator's certificates: an authority that is made once and trusted by clients, and a leaf for each start.
 * Written out in DER (RFC 5280), since Node can read certificates but not make them.
 */

import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { bits, explicit, implicit, integer, octets, oid, sequence, set, TRUE, utcTime, utf8 } from './der.ts';

const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_NAME = 'ACS emulator development CA';

/** Object identifiers of RFC 5280 and RFC 5758. */
const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
};

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Contents {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly extensions: readonly Buffer[];
}

/** Makes a certificate authority that lasts ten years. */
export function createAuthority(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension(OID.basicConstraints, sequence(TRUE, integer(Buffer.from([0]))), 'critical'),
    // keyCertSign and cRLSign.
    extension(OID.keyUsage, bits(Buffer.from([0b0000_0110]), 1), 'critical'),
    extension(OID.subjectKeyIdentifier, octets(keyIdentifier(publicKey))),
  ];
  const cert = issue({ subject: AUTHORITY_NAME, publicKey, days: 3650, extensions }, privateKey);
  return { cert, key: pem(privateKey) };
}

/** Makes a server certificate for the hosts, signed by the authority; 397 days are the most that clients take. */
export function createLeaf(authority: Certificate, hosts: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = new X509Certificate(authority.cert);
  const extensions = [
    extension(OID.basicConstraints, sequence(), 'critical'),
    // digitalSignature.
    extension(OID.keyUsage, bits(Buffer.from([0b1000_0000]), 7), 'critical'),
    extension(OID.extendedKeyUsage, sequence(oid(OID.serverAuthentication))),
    extension(OID.subjectAlternativeName, sequence(...hosts.map(alternativeName))),
    extension(OID.authorityKeyIdentifier, sequence(implicit(0, keyIdentifier(issuer.publicKey)))),
  ];
  const cert = issue({ subject: 'ACS emulator', publicKey, days: 396, extensions }, createPrivateKey(authority.key));
  return { cert, key: pem(privateKey) };
}

/** Whether an authority's certificate can still sign: it parses, fits its key, and outlasts the next leaf. */
export function isUsableAuthority({ cert, key }: Certificate): boolean {
  const certificate = new X509Certificate(cert);
  return (
    certificate.checkPrivateKey(createPrivateKey(key)) && Date.parse(certificate.validTo) > Date.now() + 400 * DAY_MS
  );
}

function issue({ subject, publicKey, days, extensions }: Contents, signingKey: KeyObject): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const contents = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name(AUTHORITY_NAME),
    // A day back, for machines whose clocks differ.
    sequence(utcTime(Date.now() - DAY_MS), utcTime(Date.now() + days * DAY_MS)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const certificate = sequence(contents, algorithm, bits(sign('sha256', contents, signingKey)));
  return new X509Certificate(certificate).toString();
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(oid(OID.commonName), utf8(commonName))));
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(oid(id), ...(critical === undefined ? [] : [TRUE]), octets(value));
}

function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

function alternativeName(host: string): Buffer {
  if (/^\d+(\.\d+){3}$/.test(host)) return implicit(7, Buffer.from(host.split('.').map(Number)));
  return host.includes(':') ? implicit(7, ipv6Bytes(host)) : implicit(2, Buffer.from(host));
}

/** The sixteen bytes of an IPv6 address in hexadecimal groups, `::` filled with zeros. */
function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string): number[] =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail)];
  const filled = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(filled.flatMap((group) => [group >> 8, group & 0xff]));
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
