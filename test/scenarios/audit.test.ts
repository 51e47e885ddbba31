/** What each endpoint shows, and what the trail has of it; long because one scenario plants everything for every endpoint. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { roles } from '../../shared/http/roles.ts';
import { bodyOf, makeResources, pathOf, type Resources } from '../contract/requests.ts';
import { type Api, eventually, request } from '../support/api.ts';
import { shortLog } from '../support/event-log.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { participantIdIn } from '../support/people.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, withoutTimers } from '../support/wire.ts';
import { ended } from './sequences/sequences.ts';

const test = ownHostOnly('starts the app with API keys');

const firstKey = `swb_${'a'.repeat(16)}_${'b'.repeat(64)}`;
const origin = 'https://desk.contoso.com';

const planted = {
  callerId: '+14259047316',
  guest: '+14258163594',
  caller: '+14256918437',
  name: 'Zephyrine',
  context: 'plumbago',
  metadata: 'xylograph',
  prompt: 'Marzipan',
  spoken: 'quixotic',
  header: 'gossamer',
  refusal: 'Brobdingnag',
} as const;
const tones = ['seven', 'three', 'nine', 'one', 'eight', 'two', 'six'];

/** Every mark, the tones by their order. */
const marks: readonly string[] = [...Object.values(planted).map((one) => one.replace('+', '')), tones.join('","')];
const foundIn = (text: string) => marks.filter((mark) => text.includes(mark));

let board: Switchboard;
let keys: Readonly<
  Record<'seeing' | 'blind' | 'reader', { readonly id: string; readonly api: Api; readonly key: string }>
>;
let resources: Resources;

/** The API with a key. */
const apiWith =
  (api: Api, key: string): Api =>
  (method, path, body, headers) =>
    api(method, path, body, { 'x-api-key': key, origin, ...headers });

beforeAll(async () => {
  const open = await startSwitchboard({
    ...withoutTimers,
    AUTH_MODE: 'keys',
    FIRST_API_KEY_SHA256: createHash('sha256').update(firstKey).digest('hex'),
    CORS_ORIGINS: origin,
    ...shortLog,
    NOTIFY_HOSTS: 'example.com',
    STREAM_SECONDS: '1',
  });
  const first = apiWith(open.api, firstKey);
  const made = async (name: string, given: readonly string[]) => {
    const { body } = await first('POST', 'api-keys', { name, roles: given });
    return { id: body.apiKeyId, key: body.key, api: apiWith(open.api, body.key) };
  };
  keys = {
    seeing: await made('seeing', Object.keys(roles)),
    blind: await made('blind', ['Admin']),
    reader: await made('reader', ['Calls.Read']),
  };
  board = { ...open, api: keys.seeing.api };
  resources = { ...(await makeResources(board)), ...(await plantEverything()), apiKeyId: keys.blind.id };
});
afterAll(() => board.close());

async function done(method: string, path: string, body?: object, below = 300) {
  const answer = await board.api(method, path, body, { prefer: 'wait=20' });
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(below);
  return answer.body;
}

/** Calls, a rule and a webhook in which everything is planted. */
async function plantEverything(): Promise<Resources> {
  const { callerId, guest, caller, name, context, metadata, prompt, spoken, header, refusal } = planted;
  const then = [{ press: '7391826' }, { say: spoken }].map((onListening) => ({ onListening }));
  await board.emulator.control.put(`parties/${encodeURIComponent(guest)}`, { onRing: 'answer', afterMs: 0, then });
  await done('PUT', 'webhooks/planted', {
    url: 'http://127.0.0.1:1/',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: ['IncomingCall'],
  });
  const { callId } = await done('POST', 'calls', {
    targets: [guest],
    callerId,
    context,
    metadata: { ticket: metadata },
    customContext: [{ kind: 'sipx', key: 'Tier', value: header }],
  });
  const call = `calls/${callId}`;
  await eventually(
    () => board.api('GET', call),
    ({ body }) => body.status === 'connected',
  );
  const source = { text: prompt, locale: 'en-US' };
  const listen = { participant: guest, input: 'dtmf', maxTones: tones.length, prompt: source };
  expect((await done('POST', `${call}/media/recognize`, listen)).result).toMatchObject({ tones });
  const speech = { participant: guest, input: 'speech', locale: 'en-US', endSilenceTimeoutMilliseconds: 200 };
  const { operationId } = await done('POST', `${call}/media/recognize`, speech);
  await fault(board, 'play', { fail: { code: 400, subCode: 8565, message: `No "${refusal}" for ${guest}` } });
  await done('POST', `${call}/media/play`, { sources: [source] }, 500);
  const { sequenceId } = await done('POST', 'sequences', {
    callId,
    steps: [{ do: 'play', with: { sources: [source], to: [guest] } }],
  });
  await ended(board, sequenceId);
  const action = { kind: 'answer', metadata: { ticket: metadata } };
  await done('PUT', 'routing-rules/planted', { priority: 1, match: { from: caller, to: callerId }, action });
  const incoming = {
    from: caller,
    to: callerId,
    displayName: name,
    customContext: { sipHeaders: { 'X-MS-Custom-Tier': header } },
  };
  const { incomingCallId } = await dialIn(board, incoming);
  await becomes(board, incomingCallId, 'answered');
  const { items } = (
    await eventually(
      () => board.api('GET', 'webhooks/planted/deliveries'),
      ({ body }) => body.items.length > 0,
    )
  ).body;
  const participantId = await participantIdIn(board.api, call, guest);
  return {
    callId,
    operationId,
    sequenceId,
    incomingCallId,
    participantId,
    ruleId: 'planted',
    webhookId: 'planted',
    deliveryId: items[0].deliveryId,
  };
}

/** Asks an endpoint as a caller; the answer as one text with its headers. */
async function askAs(key: string, { method }: Pick<Endpoint, 'method'>, path: string, body?: object, headers = {}) {
  const response = await request(`${board.url}/api/${path}`, {
    method,
    headers: {
      'x-api-key': key,
      'x-request-id': `r-${randomUUID()}`,
      origin,
      ...headers,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: response.headers,
    id: response.headers.get('x-request-id'),
    text: await response.text(),
  };
}

/** What can be asked without a change, with the queries that show more. */
const readings = endpoints
  .filter(({ method, reads, roles: needed }) => (method === 'GET' || reads !== undefined) && needed.length > 0)
  .flatMap((endpoint) => {
    const queries: Readonly<Record<string, readonly string[]>> = {
      getCall: ['expand=operations,recordings,timeline'],
      getTimeline: ['format=text', 'limit=200'],
      listEvents: ['limit=200'],
      listOperations: ['', 'callId='],
    };
    return (queries[endpoint.name] ?? ['']).map((query) => ({ name: endpoint.name, endpoint, query }));
  });

const pathWith = (endpoint: Endpoint, query: string) => {
  const path = pathOf(endpoint, resources);
  const filled = query.endsWith('callId=') ? `${query}${resources.callId}` : query;
  return filled === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${filled}`;
};

const shownToSeeing = new Set<string>();

test.each(readings)(
  '$name ($query) shows nothing that is planted to a caller without People.See',
  async ({ endpoint, query }) => {
    const path = pathWith(endpoint, query);
    const blind = await askAs(keys.blind.key, endpoint, path, bodyOf(endpoint));
    expect(blind.status, blind.text).toBeLessThan(400);
    expect(foundIn(blind.text)).toEqual([]);
    expect(blind.headers.get('vary')).toBe('Authorization, x-api-key, Origin');
    const seeing = await askAs(keys.seeing.key, endpoint, path, bodyOf(endpoint));
    for (const mark of foundIn(seeing.text)) {
      shownToSeeing.add(mark);
    }
    const etags = [blind, seeing].map(({ headers }) => headers.get('etag'));
    if (blind.text !== seeing.text && etags[0] !== null && endpoint.reads !== 'recording') {
      expect(etags[0]).not.toBe(etags[1]);
    }
  },
);

test('everything that is planted is shown to a caller with People.See', () => {
  expect(marks.filter((mark) => !shownToSeeing.has(mark))).toEqual([]);
});

test('an operation and a problem are masked as well, and ids stay usable', async () => {
  const input = { targets: [planted.guest], callerId: planted.callerId, context: planted.context };
  const made = await keys.blind.api('POST', 'calls', input);
  expect(made.body).toMatchObject({ context: '•••', input: { targets: ['+1425•••3594'], callerId: '+1425•••7316' } });
  const answers = [
    await keys.blind.api('POST', 'calls', { ...input, [planted.guest]: 1 }),
    await keys.blind.api('POST', 'calls', `{"targets": ${planted.name}}`),
    await keys.blind.api('PUT', 'routing-rules/masked', {
      priority: 1,
      match: { from: '+1425•••3594' },
      action: { kind: 'leave' },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([422, 400, 422]);
  expect(answers.flatMap(({ body }) => foundIn(JSON.stringify(body)))).toEqual([]);
  const mute = await keys.blind.api('GET', `calls/${resources.callId}/participants/${resources.participantId}`);
  expect(mute.body.participant).toBe('+1425•••3594');
});

test('a caller without People.See changes a rule under the ETag that it has read, and stores nothing masked', async () => {
  const read = await keys.blind.api('GET', 'routing-rules/planted');
  const { ruleId: _, ...shown } = read.body;
  const headers = { 'if-match': read.headers.get('etag') ?? '' };
  const refused = await keys.blind.api('PUT', 'routing-rules/planted', shown, headers);
  expect(refused.body.errors).toContainEqual({
    path: 'action.metadata.ticket',
    message: 'expected a value, not what stands for a hidden one',
  });
  const rule = { priority: 2, action: { kind: 'leave' } };
  expect((await keys.blind.api('PUT', 'routing-rules/planted', rule, headers)).status).toBe(200);
});

/** The entries of a request. */
async function entriesOf(requestId: string | null) {
  const { body } = await keys.seeing.api('GET', 'audit?limit=200');
  return body.items.filter((item: { requestId: string }) => item.requestId === requestId);
}

const get = { method: 'GET' } as const;

test('the trail has each change, each read of people or a recording and each 403 once, with the caller, and nothing else', async () => {
  const { callId, recordingId } = resources;
  const call = `calls/${callId}`;
  const [who, blind, reader] = [keys.seeing, keys.blind, keys.reader].map(({ id }) => `key:${id}`);
  const kept = [
    [keys.seeing, get, call, undefined, { who, kind: 'people', what: 'getCall', about: { callId }, status: 200 }],
    [keys.seeing, get, `${call}/stream`, undefined, { who, kind: 'people', what: 'followCall', about: { callId } }],
    [
      keys.blind,
      get,
      `recordings/${recordingId}/content`,
      undefined,
      { who: blind, kind: 'recording', about: { recordingId } },
    ],
    [
      keys.blind,
      { method: 'PATCH' },
      call,
      { metadata: { a: 'b' } },
      { who: blind, kind: 'change', what: 'updateCall', route: 'PATCH /calls/{callId}', status: 200 },
    ],
    [
      keys.blind,
      { method: 'POST' },
      'calls',
      { targets: ['x'] },
      { who: blind, kind: 'change', what: 'createCall', status: 422 },
    ],
    [
      keys.reader,
      { method: 'POST' },
      `${call}/hang-up`,
      {},
      { who: reader, name: 'reader', kind: 'refused', what: 'hangUp', about: { callId }, status: 403 },
    ],
    [keys.reader, get, 'audit', undefined, { who: reader, kind: 'refused', what: 'listAudit', status: 403 }],
  ] as const;
  for (const [caller, endpoint, path, body, entry] of kept) {
    const { id } = await askAs(caller.key, endpoint as Pick<Endpoint, 'method'>, path, body);
    const entries = await entriesOf(id);
    expect(entries, path).toHaveLength(1);
    expect(entries[0], path).toMatchObject(entry);
    expect(foundIn(JSON.stringify(entries))).toEqual([]);
  }
  const left = [
    [keys.blind, call, {}],
    [keys.blind, `${call}/stream`, {}],
    [keys.seeing, 'routing-rules/contract', {}],
    [keys.seeing, `calls/${randomUUID()}`, {}],
    [keys.seeing, 'health', {}],
    [{ key: 'swb_no' }, call, {}],
  ] as const;
  for (const [caller, path, headers] of left) {
    const { id } = await askAs(caller.key, get, path, undefined, headers);
    expect(await entriesOf(id), path).toEqual([]);
  }
});

test('the trail is found by caller, kind or operation, call and period, and exported line by line', async () => {
  const find = async (query: string) => (await keys.seeing.api('GET', `audit?limit=200&${query}`)).body.items;
  const { callId } = resources;
  const all = await find('');
  const since = encodeURIComponent(all[3].at);
  for (const [query, wanted] of [
    [`who=key:${keys.reader.id}`, (one: { who: string }) => one.who === `key:${keys.reader.id}`],
    ['what=refused', (one: { kind: string }) => one.kind === 'refused'],
    ['what=updateCall', (one: { what: string }) => one.what === 'updateCall'],
    [`callId=${callId}`, (one: { about: { callId?: string } }) => one.about.callId === callId],
    [`from=${since}`, (one: { at: string }) => one.at > all[3].at],
    [`to=${since}`, (one: { at: string }) => one.at < all[3].at],
  ] as const) {
    const found = await find(query);
    expect(found.length, query).toBeGreaterThan(0);
    expect(found.every(wanted as (one: unknown) => boolean), query).toBe(true);
  }
  const page = (await keys.seeing.api('GET', 'audit?limit=2')).body;
  const next = (await keys.seeing.api('GET', `audit?limit=2&cursor=${page.nextCursor}`)).body;
  expect([...page.items, ...next.items].map(({ at }) => at)).toEqual(
    [...page.items, ...next.items]
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  const exported = await askAs(keys.seeing.key, get, `audit/export?who=key:${keys.reader.id}`);
  expect(exported.headers.get('content-type')).toBe('application/jsonl');
  const lines = exported.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual(await find(`who=key:${keys.reader.id}`));
});

test('an entry costs one transaction, and without it a read is refused and a change is answered', async () => {
  const call = `calls/${resources.callId}`;
  const transactions = () => board.storage.take().filter(({ path }) => path.includes('audit')).length;
  board.storage.take();
  await askAs(keys.seeing.key, get, call);
  expect(transactions()).toBe(1);
  await askAs(keys.blind.key, get, call);
  expect(transactions()).toBe(0);
  board.storage.onPass = ({ path }) => (path.includes('audit') ? Promise.reject(new Error('down')) : undefined);
  try {
    expect((await askAs(keys.seeing.key, get, call)).status).toBe(503);
    const content = `recordings/${resources.recordingId}/content`;
    expect(await askAs(keys.blind.key, get, content)).toMatchObject({ status: 503 });
    expect((await askAs(keys.blind.key, { method: 'PATCH' }, call, { metadata: { c: 'd' } })).status).toBe(200);
  } finally {
    board.storage.onPass = () => {};
  }
});
