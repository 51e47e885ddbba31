/** What the app serves is what it describes: the functions, the OpenAPI document and the table of endpoints are one list. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import { activityNames } from '../../shared/sequences/orchestrators/flow/protocol.ts';
import { orchestrators } from '../../shared/sequences/orchestrators/index.ts';
import { request } from '../support/api.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

let board: Switchboard;
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
let document: any;

beforeAll(async () => {
  board = await startSwitchboard();
  document = (await board.api('GET', 'openapi.json')).body;
});
afterAll(() => board.close());

interface Described {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly item: any;
}

/** Every operation of the document. */
function described(): Described[] {
  return Object.entries<object>(document.paths).flatMap(([path, items]) =>
    Object.entries<Described['item']>(items as Record<string, unknown>).map(([method, item]) => ({
      operationId: item.operationId,
      method: method.toUpperCase(),
      path,
      item,
    })),
  );
}

/** Every schema of the document, those within schemas included. */
function schemasIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap(schemasIn);
  return Array.isArray(value) ? within : [value as Record<string, unknown>, ...within];
}

/** Functions that are no part of the API: the callback of ACS, the events of Event Grid, queues, timers and orchestrations. */
const apart = [
  ...orchestrators.map(({ name }) => name),
  ...Object.values(activityNames),
  'archiveRecording',
  'callEvent',
  'callEventFromQueue',
  'callbacks',
  'housekeeping',
  'incomingCall',
  'incomingCallFromQueue',
  'advanceSequence',
  'notifications',
  'reconciliation',
  'recordingFileStatus',
  'recordingHousekeeping',
  'sequence',
  'sequenceHousekeeping',
];

/** Of the archived files. */
const types = ['audio/wav', 'audio/mpeg', 'video/mp4'];

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Served {
  readonly name: string;
  readonly config: {
    readonly bindings: readonly {
      readonly type: string;
      readonly route?: string;
      readonly methods?: string[];
      readonly authLevel?: string;
    }[];
  };
}

async function served() {
  const functions = (await (await request(`${board.url}/admin/functions`)).json()) as Served[];
  return functions.map(({ name, config }) => {
    const trigger = config.bindings.find(({ type }) => type.endsWith('Trigger'));
    return { ...trigger, name };
  });
}

test('the functions are those of the document, and those that are no part of the API', async () => {
  const functions = await served();
  expect(functions.map(({ name }) => name).sort()).toEqual(
    [...described().map(({ operationId }) => operationId), ...apart].sort(),
  );
  const routes = functions
    .filter(({ name }) => !apart.includes(name))
    .map(({ name, methods = [], route }) => `${name} ${methods.join()} /${route}`.toUpperCase());
  const wanted = described().map(({ operationId, method, path }) => `${operationId} ${method} ${path}`.toUpperCase());
  expect(routes.sort()).toEqual(wanted.sort());
});

const open = ['callbacks', 'health', 'openApi'];

test('a function key opens the API; callbacks, health and the document are open by themselves', async () => {
  const levels = (await served())
    .filter(({ type }) => type === 'httpTrigger')
    .map(({ name, authLevel }) => [name, authLevel?.toLowerCase()]);
  for (const [name = '', level] of levels) {
    expect({ name, level }).toEqual({ name, level: open.includes(name) ? 'anonymous' : 'function' });
  }
  const withoutKey = described().filter(({ item }) => item.security?.length === 0);
  expect(withoutKey.map(({ operationId }) => operationId).sort()).toEqual(['health', 'openApi']);
});

test('the document is OpenAPI 3.1 and names where the API answers', () => {
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\.\d$/),
    info: { title: expect.any(String), version: expect.any(String) },
    servers: [{ url: `${board.url}/api` }],
  });
  expect(new Set(described().map(({ operationId }) => operationId)).size).toBe(described().length);
});

test.each(operations)(
  '$name is described with its path, parameters, body, example and answers',
  ({ name, method, path, example }) => {
    const found = described().find(({ operationId }) => operationId === name);
    expect(found).toMatchObject({ method, path: `/${path}`, item: { summary: expect.any(String) } });
    const { responses, requestBody } = found?.item ?? {};
    const { schema, example: shown } = requestBody.content['application/json'];
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '413', '415', '422', '4XX', '502', '503', 'default']),
    );
    for (const status of ['200', '202']) {
      expect(responses[status].headers).toMatchObject({ 'Operation-Location': { required: true } });
      expect(responses[status].headers).toHaveProperty('Idempotent-Replayed');
    }
    const headers = found?.item.parameters.filter((one: { in: string }) => one.in === 'header');
    expect(headers.map((one: { name: string }) => one.name)).toEqual(['Idempotency-Key', 'Prefer']);
    expect(requestBody.required ?? false).toBe(schema.required !== undefined);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(Object.keys(shown)).toEqual(Object.keys(example).filter((key) => !inPath.includes(key)));
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    const fields = Object.keys(schema.properties);
    expect(fields).toEqual(expect.arrayContaining([...Object.keys(shown), 'context', 'notifyUrl']));
    expect(fields.filter((one) => inPath.includes(one))).toEqual([]);
  },
);

test('every path parameter is declared, and no other', () => {
  for (const { operationId, path, item } of described()) {
    const declared = item.parameters.filter((one: { in: string }) => one.in === 'path');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect({ operationId, names: declared.map(({ name }: { name: string }) => name) }).toEqual({
      operationId,
      names: named,
    });
    expect(declared.every(({ required }: { required: boolean }) => required)).toBe(true);
  }
});

test('every answer with a body has a schema, and every reference leads to a component', () => {
  const schemas = schemasIn(document);
  const components = (['schemas', 'responses'] as const).flatMap((kind) =>
    Object.keys(document.components[kind]).map((id) => `#/components/${kind}/${id}`),
  );
  const referred = schemas.flatMap(({ $ref = [] }) => $ref);
  expect([...new Set(referred)].sort()).toEqual(components.sort());
  expect(components.length).toBeGreaterThan(5);
  const bodies = described().flatMap(({ item }) => [
    item.requestBody,
    ...Object.values<Body>(item.responses),
    ...Object.values<Body>(document.components.responses),
  ]);
  for (const { content = {} } of bodies.filter((body) => body !== undefined)) {
    for (const [type, media] of Object.entries<{ schema?: object }>(content)) {
      expect([...types, 'application/json', 'application/problem+json']).toContain(type);
      expect(Object.keys(media.schema ?? {}).length).toBeGreaterThan(0);
    }
  }
});

test('a list takes a limit and a cursor, and answers items', () => {
  const lists = described().filter(
    ({ operationId }) => operationId.startsWith('list') || ['getTimeline', 'getBuiltInSequences'].includes(operationId),
  );
  expect(lists).toHaveLength(10);
  for (const { item } of lists) {
    const names = item.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['limit', 'cursor']));
    expect(item.responses[200].content['application/json'].schema).toMatchObject({
      required: ['items'],
      properties: { items: { type: 'array' }, nextCursor: { type: 'string' } },
    });
  }
});

test('every endpoint belongs to a resource that is described, and names the roles of which a caller needs one', () => {
  const resources = document.tags.map(({ name }: { name: string }) => name);
  for (const { operationId, item } of described()) {
    expect({ operationId, tags: item.tags }).toEqual({ operationId, tags: [expect.toBeOneOf(resources)] });
    expect({ operationId, open: item['x-roles'] === undefined }).toEqual({
      operationId,
      open: open.includes(operationId),
    });
    for (const role of item['x-roles'] ?? []) {
      expect(document.info.description).toContain(`\`${role}\``);
    }
  }
});

test('a response of each status says which codes it can have', () => {
  const { $ref } = described().find(({ operationId }) => operationId === 'hangUp')?.item.responses[410] ?? {};
  const { description, content } = document.components.responses[$ref.split('/').at(-1)];
  expect(description).toContain('`callEnded`');
  expect(content['application/problem+json'].schema.allOf[1].properties.code.enum).toEqual(['callEnded', 'acsRefused']);
});

test('what receivers are sent is described: each kind of event, its headers and what an answer means', () => {
  expect(Object.keys(document.webhooks)).toEqual([
    'OperationSettled',
    'IncomingCall',
    'RecordingEnded',
    'SequenceEnded',
    'GridCallEvent',
    'AcsEvent',
  ]);
  for (const { post } of Object.values<{ post: Described['item'] }>(document.webhooks)) {
    const names = post.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
    expect(Object.keys(post.requestBody.content)).toEqual(['application/cloudevents+json']);
    expect(Object.keys(post.responses).sort()).toEqual(['2XX', '410', 'default']);
  }
});

test('another method than those that are described is not served', async () => {
  expect((await board.api('PUT', 'calls', {})).status).toBe(404);
});
