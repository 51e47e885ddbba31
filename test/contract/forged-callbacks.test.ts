/** Callbacks that ACS has not sent, or sent of another call: refused, and nothing changes; long because each forgery is listed here. */
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { CompactEncrypt, CompactSign, exportJWK, type JWK } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import type { Answer } from '../support/api.ts';
import { type CloudEvent, cloudEvent, eventIdsOf } from '../support/events.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly("has the app fetch ACS's signing keys from a server of its own");

let board: Switchboard;
let issuer: string;
let audience: string;
let keyPort: number;

/** A key of ACS, so that every claim can be signed well, and one of a stranger. */
const [acs, stranger] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = 'acs-1';

/** The key server of ACS, which does not say for which algorithm its key is; what asks for another path was led there by a token. */
const askedPaths = new Set<string>();
const keyServer = createServer(async (request, response) => {
  askedPaths.add(request.url ?? '');
  const keys: JWK[] = [{ ...(await exportJWK(acs?.publicKey ?? elliptic.publicKey)), kid, use: 'sig' }];
  response.end(JSON.stringify({ keys }));
});

beforeAll(async () => {
  keyPort = await freePort();
  await new Promise<void>((resolve) => keyServer.listen(keyPort, '127.0.0.1', resolve));
  // The emulator's own callbacks are not taken: calls come from requests, and events from here.
  board = await startSwitchboard({ ...withoutTimers, ACS_CALLBACK_JWKS_URL: `http://127.0.0.1:${keyPort}/keys` });
  ({ issuer, audience } = (await board.emulator.control.get('settings')) as { issuer: string; audience: string });
});
afterAll(async () => {
  keyServer.close();
  await board.close();
});

const now = () => Math.floor(Date.now() / 1000);
const encoded = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const goodClaims = () => ({ iss: issuer, aud: audience, iat: now(), nbf: now(), exp: now() + 300 });

/** A token: by default one that ACS could have signed. */
async function token(
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
  key: Parameters<CompactSign['sign']>[0] | undefined = acs?.privateKey,
): Promise<string> {
  const payload = Buffer.from(JSON.stringify({ ...goodClaims(), ...claims }));
  return new CompactSign(payload).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(key ?? elliptic.privateKey);
}

/** A token whose signature is made by this function, which jose would not make. */
function signedBy(sign: (input: string) => string, header: object, claims: unknown = goodClaims()): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${sign(input)}`;
}

const hs256 = (secret: string | Buffer) => (input: string) =>
  createHmac('sha256', secret).update(input).digest('base64url');
const publicPem = () => String(createPublicKey(acs?.privateKey ?? '').export({ type: 'spki', format: 'pem' }));
const publicDer = () => createPublicKey(acs?.privateKey ?? '').export({ type: 'spki', format: 'der' });
const attackerUrl = (path: string) => `http://127.0.0.1:${keyPort}/${path}`;
const strangerKey = async () => ({
  ...(await exportJWK(stranger?.publicKey ?? elliptic.publicKey)),
  kid,
  alg: 'RS256',
});

async function parts(): Promise<readonly [string, string, string]> {
  const [header = '', payload = '', signature = ''] = (await token()).split('.');
  return [header, payload, signature];
}

const forgedTokens: Readonly<Record<string, () => Promise<string> | string>> = {
  'that is garbage': () => 'garbage',
  'that is empty': () => '',
  'of three empty parts': () => '..',
  'with alg none and no signature': () => signedBy(() => '', { alg: 'none' }),
  'with alg nOnE': () => signedBy(() => '', { alg: 'nOnE', kid }),
  'with alg none and a signature of ACS': async () => signedBy(() => '', { alg: 'none', kid }) + (await parts())[2],
  'without alg': () => signedBy(hs256('x'), { kid }),
  'signed by HS256 with our public key as PEM': () => signedBy(hs256(publicPem()), { alg: 'HS256', kid }),
  'signed by HS256 with our public key as DER': () => signedBy(hs256(publicDer()), { alg: 'HS256', kid }),
  'signed by HS256 with the modulus of our public key': async () =>
    signedBy(hs256(Buffer.from(String((await exportJWK(acs?.publicKey ?? elliptic.publicKey)).n), 'base64url')), {
      alg: 'HS256',
      kid,
    }),
  'signed by HS256 with an empty secret': () => signedBy(hs256(''), { alg: 'HS256', kid }),
  'signed by PS256 with the key of ACS': () => token({}, { alg: 'PS256' }),
  'signed by RS512 with the key of ACS': () => token({}, { alg: 'RS512' }),
  'signed by ES256 under the id of the key of ACS': () => token({}, { alg: 'ES256' }, elliptic.privateKey),
  'signed with another key': () => token({}, { kid: undefined }, stranger?.privateKey),
  "signed with another key under the id of ACS's key": () => token({}, {}, stranger?.privateKey),
  'signed with a key of an unknown id': () => token({}, { kid: 'unknown' }, stranger?.privateKey),
  'whose key id is a path': () => token({}, { kid: '../../../../dev/null' }, stranger?.privateKey),
  'whose key id is a URL': () => token({}, { kid: attackerUrl('kid') }, stranger?.privateKey),
  'whose key id is the name of a method': () => token({}, { kid: '__proto__' }, stranger?.privateKey),
  'that brings its own key (jwk)': async () => token({}, { jwk: await strangerKey() }, stranger?.privateKey),
  'that says where its key is (jku)': () => token({}, { jku: attackerUrl('jku'), kid: 'theirs' }, stranger?.privateKey),
  'that says where its certificate is (x5u)': () =>
    token({}, { x5u: attackerUrl('x5u'), kid: 'theirs' }, stranger?.privateKey),
  'that brings its own certificate (x5c)': () =>
    token({}, { x5c: [publicDer().toString('base64')] }, stranger?.privateKey),
  'with a critical header that no one knows': () =>
    signedBy(() => 'x', { alg: 'RS256', kid, crit: ['exp'], exp: now() + 300 }),
  'whose payload is not encoded (b64)': () => signedBy(() => 'x', { alg: 'RS256', kid, b64: false, crit: ['b64'] }),
  'whose claims were changed': async () => {
    const [header, , signature] = await parts();
    return `${header}.${encoded({ ...goodClaims(), exp: now() + 3600 })}.${signature}`;
  },
  'with another header': async () => {
    const [, payload, signature] = await parts();
    return `${encoded({ alg: 'RS256', kid, typ: 'at+jwt' })}.${payload}.${signature}`;
  },
  'whose signature was cut': async () => (await token()).slice(0, -9),
  'with the signature of another token': async () => {
    const [[header, payload], [, , signature]] = [await parts(), (await token({ jti: 'a' })).split('.')];
    return `${header}.${payload}.${signature}`;
  },
  'whose payload is no JSON': async () =>
    new CompactSign(Buffer.from('{'))
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(acs?.privateKey ?? elliptic.privateKey),
  'whose claims are a list': async () =>
    new CompactSign(Buffer.from('[]'))
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(acs?.privateKey ?? elliptic.privateKey),
  'that is encrypted in place of signed': async () =>
    new CompactEncrypt(Buffer.from(JSON.stringify(goodClaims())))
      .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM', kid })
      .encrypt(acs?.publicKey ?? elliptic.publicKey),
  'that has expired': () => token({ iat: now() - 400, nbf: now() - 400, exp: now() - 100 }),
  'that expired in 1970': () => token({ exp: 0 }),
  'that never expires': () => token({ exp: undefined }),
  'whose expiry is a text': () => token({ exp: String(now() + 300) }),
  'that is replayed after its window, although it has not expired': () =>
    token({ iat: now() - 900, nbf: now() - 900, exp: now() + 86_400 }),
  'that was signed in the future': () => token({ iat: now() + 3600, exp: now() + 7200 }),
  'whose time of signing is a text': () => token({ iat: 'now' }),
  'that is not valid yet': () => token({ nbf: now() + 120 }),
  'of another issuer': () => token({ iss: 'https://login.microsoftonline.com/common/v2.0' }),
  'of an issuer that starts alike': () => token({ iss: `${issuer}.example.com` }),
  'of an issuer that differs by a slash': () => token({ iss: `${issuer}/` }),
  'of a list of issuers': () => token({ iss: [issuer] }),
  'without an issuer': () => token({ iss: undefined }),
  'for another audience': () => token({ aud: randomUUID() }),
  'for an audience that starts alike': () => token({ aud: `${audience}0` }),
  'for a list of other audiences': () => token({ aud: [randomUUID(), '*'] }),
  'without an audience': () => token({ aud: undefined }),
};

/** The headers of a request, with tokens of ACS where they are not looked for. */
const wrongPlaces: Readonly<Record<string, () => Promise<readonly (readonly [string, string])[]>>> = {
  'no credential': async () => [],
  'a token of ACS as a user name': async () => [['authorization', `Basic ${encoded(`${await token()}:`)}`]],
  'a token of ACS under another scheme': async () => [['authorization', `Token ${await token()}`]],
  'a token of ACS without a scheme': async () => [['authorization', await token()]],
  'Bearer alone': async () => [['authorization', 'Bearer']],
  'a token of ACS in quotes': async () => [['authorization', `Bearer "${await token()}"`]],
  'two tokens in one header': async () => [['authorization', `Bearer ${await token()} ${await token()}`]],
  'a forged header before that of ACS': async () => [
    ['authorization', 'Bearer garbage'],
    ['authorization', `Bearer ${await token()}`],
  ],
  'a forged header after that of ACS': async () => [
    ['authorization', `Bearer ${await token()}`],
    ['authorization', 'Bearer garbage'],
  ],
  'a token of ACS as an API key': async () => [['x-api-key', await token()]],
  'a token of ACS in a cookie': async () => [['cookie', `authorization=Bearer ${await token()}`]],
  'a token of ACS for a proxy': async () => [['proxy-authorization', `Bearer ${await token()}`]],
  'the key of the host': async () => [['x-functions-key', 'key']],
};

interface Call {
  readonly callId: string;
  readonly callConnectionId: string;
}

/** A call that an event of ACS connected; the event names its operation, which is therefore settled. */
async function aCall(): Promise<Call> {
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550123'], callerId: '+14255550100' });
  const { callId } = body;
  const { callConnectionId } = (await board.api('GET', `calls/${callId}`)).body;
  expect(
    (await deliver(callId, [cloudEvent('CallConnected', { callConnectionId, operationContext: callId })])).status,
  ).toBe(200);
  return { callId, callConnectionId };
}

async function seen({ callId }: Call) {
  const [record, timeline] = await Promise.all([
    board.api('GET', `calls/${callId}`),
    board.api('GET', `calls/${callId}/timeline?limit=200`),
  ]);
  expect(record.body.status).toBe('connected');
  return [record.body, timeline.body.items];
}

/** What would end a call. */
const anEnd = ({ callConnectionId }: Partial<Call> = {}): CloudEvent =>
  cloudEvent('CallDisconnected', {
    ...(callConnectionId !== undefined && { callConnectionId }),
    resultInformation: { code: 200, subCode: 0, message: '' },
  });

/** Sends a callback with a token of ACS, unless other headers are given. */
async function deliver(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
  return board.api('POST', `callbacks/${path}`, body, headers ?? { authorization: `Bearer ${await token()}` });
}

test('what the forgeries differ from is taken', async () => {
  const call = await aCall();
  await seen(call);
  expect((await deliver(call.callId, [anEnd(call)])).status).toBe(200);
  expect((await board.api('GET', `calls/${call.callId}`)).body.status).toBe('disconnected');
});

test('there are at least forty forgeries', () => {
  const variants = [forgedTokens, wrongPlaces, foreignEvents, wrongRequests].flatMap((table) => Object.keys(table));
  expect(variants.length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(forgedTokens))('a token %s is 401, and nothing is stored', async (_, forge) => {
  const call = await aCall();
  const before = await seen(call);
  const answer = await deliver(call.callId, [anEnd(call)], { authorization: `Bearer ${await forge()}` });
  expect(problemIn(answer).problem).toBe('401 unauthorized');
  expect(await seen(call)).toEqual(before);
});

test.each(Object.entries(wrongPlaces))(
  'a callback with %s is 401 before its body is looked at',
  async (_, headersOf) => {
    const call = await aCall();
    const before = await seen(call);
    const headers = await headersOf();
    for (const body of ['{', JSON.stringify([anEnd(call)])]) {
      expect(await rawStatus(`/api/callbacks/${call.callId}`, headers, body)).toBe(401);
      // A token in a URL would be in logs.
      expect(
        await rawStatus(
          `/api/callbacks/${call.callId}?access_token=${await token()}&code=${await token()}`,
          headers,
          body,
        ),
      ).toBe(401);
    }
    expect(await seen(call)).toEqual(before);
  },
);

/** The status of a request whose headers are sent as they are, repeated ones too. */
function rawStatus(path: string, headers: readonly (readonly [string, string])[], body: string): Promise<number> {
  const all = [
    ...headers,
    ['host', new URL(board.url).host],
    ['content-type', 'application/json'],
    ['content-length', `${Buffer.byteLength(body)}`],
  ];
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${board.url}${path}`, { method: 'POST', headers: all.flat() }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });
}

/** Bodies that a token of ACS comes with, at the callback of one call: what they name is another's, or nothing. */
const foreignEvents: Readonly<Record<string, (own: Call, other: Call) => unknown>> = {
  'an event of another call': (_, other) => [anEnd(other)],
  'an event of another call whose id is in capitals': (_, { callId, callConnectionId }) => [
    anEnd({ callId, callConnectionId: callConnectionId.toUpperCase() }),
  ],
  'an event of no connection that exists': () => [anEnd({ callConnectionId: randomUUID() })],
  'an event whose connection is the id of its call': ({ callId }) => [anEnd({ callConnectionId: callId })],
  'hundreds of events of another call': (_, other) => Array.from({ length: 500 }, () => anEnd(other)),
  'no event': () => [],
  'an event in an array of its own': (own) => [[anEnd(own)]],
  'an event under a name': (own) => ({ value: [anEnd(own)] }),
  'an event as a text': (own) => JSON.stringify(JSON.stringify(anEnd(own))),
  'an event whose data is a text': (own) => [{ ...anEnd(own), data: JSON.stringify(anEnd(own).data) }],
  'an event whose data is in base64': (own) => [
    { ...anEnd(own), data: undefined, data_base64: encoded(anEnd(own).data) },
  ],
  'an event of Event Grid': (own) => {
    const { id, type, data } = anEnd(own);
    return [
      { id, eventType: type, eventTime: new Date().toISOString(), subject: 'x', topic: '/a', dataVersion: '1', data },
    ];
  },
  'an event without an id': (own) => [{ ...anEnd(own), id: undefined }],
  'an event of another sender': (own) => [{ ...anEnd(own), type: 'Contoso.Communication.CallDisconnected' }],
};

/** Kinds that are stored as they are, because ACS may add kinds, and change nothing of the call. */
const isStored = (name: string) => name === 'an event of another sender';

test.each(Object.entries(foreignEvents))(
  '%s at the callback of a call is 200, and changes no call',
  async (name, bodyOf) => {
    const [own, other] = [await aCall(), await aCall()];
    const before = [await seen(own), await seen(other)];
    expect((await deliver(own.callId, bodyOf(own, other))).status).toBe(200);
    const after = [await seen(own), await seen(other)];
    expect(isStored(name) ? after.map(([record]) => record) : after).toEqual(
      isStored(name) ? before.map(([record]) => record) : before,
    );
  },
);

test('of a batch the events of the call are taken, and those of others change nothing', async () => {
  const [own, other] = [await aCall(), await aCall()];
  const before = await seen(other);
  const event = cloudEvent('PlayStarted', { callConnectionId: own.callConnectionId });
  const foreign = [anEnd(other), anEnd({ callConnectionId: randomUUID() })];
  expect((await deliver(own.callId, [foreign[0], event, foreign[1]])).status).toBe(200);
  await seen(own);
  expect(await seen(other)).toEqual(before);
  const stored = await eventIdsOf(board, own.callId);
  expect([event, ...foreign].map(({ id }) => stored.includes(id))).toEqual([true, false, false]);
});

/** Requests with a token of ACS that are no callback. */
const wrongRequests: Readonly<
  Record<string, (call: Call, headers: Record<string, string>) => readonly [number, Promise<Answer>]>
> = {
  'another method': ({ callId }, headers) => [405, board.api('PUT', `callbacks/${callId}`, [], headers)],
  'a path below': ({ callId }, headers) => [404, board.api('POST', `callbacks/${callId}/events`, [], headers)],
  'a path of no call': (call, headers) => [404, board.api('POST', 'callbacks/', [anEnd(call)], headers)],
  'the id of no call': (call, headers) => [200, deliver(randomUUID(), [anEnd(call)], headers)],
  'the id of the connection': (call, headers) => [200, deliver(call.callConnectionId, [anEnd(call)], headers)],
  'a path that climbs': (call, headers) => [200, deliver(`..%2Fcallbacks%2F${call.callId}`, [anEnd(call)], headers)],
  'a form': (call, headers) => [
    415,
    deliver(call.callId, `event=${encoded(anEnd(call))}`, {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
    }),
  ],
  text: (call, headers) => [
    415,
    deliver(call.callId, JSON.stringify([anEnd(call)]), { ...headers, 'content-type': 'text/plain' }),
  ],
  'a compressed body': (call, headers) => [
    400,
    deliver(call.callId, gzipSync(JSON.stringify([anEnd(call)])).toString('latin1'), {
      ...headers,
      'content-encoding': 'gzip',
    }),
  ],
  'a body that is too large': (call, headers) => [
    413,
    deliver(call.callId, [{ ...anEnd(call), subject: 'x'.repeat(300_000) }], headers),
  ],
};

test.each(Object.entries(wrongRequests))('a token of ACS with %s ends no call', async (_, send) => {
  const call = await aCall();
  const before = await seen(call);
  const [expected, answer] = send(call, { authorization: `Bearer ${await token()}` });
  expect((await answer).status).toBe(expected);
  expect(await seen(call)).toEqual(before);
});

test('no token has led to another address than that of the keys of ACS', () => {
  expect([...askedPaths]).toEqual(['/keys']);
});
