/** The description of the API: everything in it is described, named and shared as its readers need it. */
import { expect, test } from 'vitest';
import { endpoints } from '../../../../shared/http/endpoints/index.ts';
import { openApi } from '../../../../shared/http/openapi/document.ts';
import { problems } from '../../../../shared/http/problem.ts';
import { operations } from '../../../../shared/operations/index.ts';
import { type Described, describedIn } from '../../../support/described.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
const document: any = JSON.parse(JSON.stringify(openApi(endpoints, '/api')));

/** Every endpoint of the document. */
const described = () => describedIn(document);

/** The component that a reference leads to; anything else as it is. */
function resolved(item: Described['item']): Described['item'] {
  const [kind, name] = item.$ref?.split('/').slice(-2) ?? [];
  return kind === undefined ? item : document.components[kind][name];
}

/** Every schema of the document, those within schemas included. */
function schemasIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap(schemasIn);
  return Array.isArray(value) ? within : [value as Record<string, unknown>, ...within];
}

/** Of the archived files, of answers as text, and of the audit trail as lines. */
const types = ['audio/wav', 'audio/mpeg', 'video/mp4', 'text/plain', 'text/event-stream', 'application/jsonl'];

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

const open = ['getApi', 'health', 'openApi'];

test.each(operations)(
  '$name is described with its path, parameters, body, example and answers',
  ({ name, method, path, example }) => {
    const found = described().find(({ operationId }) => operationId === name);
    expect(found).toMatchObject({ method, path: `/${path}`, item: { summary: expect.any(String) } });
    const { responses, requestBody } = found?.item ?? {};
    const { schema: referred, example: shown } = requestBody.content['application/json'];
    const schema = resolved(referred);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '202', 'default']));
    for (const status of ['200', '202']) {
      const { headers } = resolved(responses[status]);
      expect(resolved(headers['Operation-Location'])).toMatchObject({ required: true });
    }
    const headers = found?.item.parameters.map(resolved).filter((one: { in: string }) => one.in === 'header');
    expect(headers).toMatchObject([
      { name: 'Idempotency-Key', description: expect.stringContaining('`Idempotent-Replayed: true`') },
      { name: 'Prefer', description: expect.stringContaining('`Preference-Applied`') },
    ]);
    expect(requestBody.required ?? false).toBe(schema.required !== undefined);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(Object.keys(shown)).toEqual(Object.keys(example).filter((key) => !inPath.includes(key)));
    expect(schema).toMatchObject({ type: 'object', unevaluatedProperties: false });
    const parts = [schema, ...schema.allOf.map(resolved)];
    const fields = parts.flatMap(({ properties = {} }) => Object.keys(properties));
    expect(fields).toEqual(expect.arrayContaining([...Object.keys(shown), 'context', 'notifyUrl']));
    expect(fields.filter((one) => inPath.includes(one))).toEqual([]);
  },
);

test('every path parameter is declared, and no other', () => {
  for (const { operationId, path, item } of described()) {
    const declared = (item.parameters ?? []).map(resolved).filter((one: { in: string }) => one.in === 'path');
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
  const components = (['schemas', 'parameters', 'headers', 'responses'] as const).flatMap((kind) =>
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
  expect(lists).toHaveLength(15);
  for (const { item } of lists) {
    const names = item.parameters.map(resolved).map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['limit', 'cursor']));
    expect(resolved(item.responses[200]).content['application/json'].schema).toMatchObject({
      required: ['items'],
      properties: { items: { type: 'array' }, nextCursor: { $ref: '#/components/schemas/NextCursor' } },
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

/** The responses that are problems, by status, with the codes that their descriptions list. */
const codesByStatus = new Map(
  Object.entries<Described['item']>(document.components.responses)
    .filter(([, { content = {} }]) => content['application/problem+json'] !== undefined)
    .map(([name, { description }]) => [name, [...description.matchAll(/`(\w+)`/g)].map(([, code]) => code)]),
);

test('a response of each status lists the codes that it can have', () => {
  const { item } = described().find(({ operationId }) => operationId === 'hangUp') ?? {};
  expect(resolved(item.responses[410]).description).toBe('Gone: `callEnded`, `recordingDeleted`, `acsRefused`');
});

test('each code of a problem is listed by its status, or by the response that any request may get', () => {
  // A wrong method belongs to no endpoint.
  const { methodNotAllowed: _, ...ofEndpoints } = problems;
  for (const [code, [status]] of Object.entries({ ...ofEndpoints, internalError: [500] })) {
    const listed = [...codesByStatus].filter(([, codes]) => codes.includes(code)).map(([name]) => name);
    const expected =
      code === 'acsRefused' ? [...codesByStatus.keys()] : [expect.toBeOneOf([String(status), 'default'])];
    expect({ code, listed }).toEqual({ code, listed: status === 422 ? ['422', 'default'] : expected });
  }
});

test('an endpoint whose path names no resource lists 422 as a status of its own, and every endpoint the rest as default', () => {
  for (const { operationId, path, item } of described()) {
    expect({ operationId, own: item.responses[422] !== undefined }).toEqual({ operationId, own: !path.includes('{') });
    expect(item.responses.default).toEqual({ $ref: '#/components/responses/default' });
  }
});

test('a request names its schema, and an operation that which its result has', () => {
  const bodies = described().flatMap(({ item: { requestBody } }) => requestBody?.content['application/json'] ?? []);
  expect(bodies.filter(({ schema }) => schema.$ref === undefined)).toEqual([]);
  const { recordingId } = document.components.schemas.StartRecordingOperation.allOf[1].properties.result.properties;
  expect(recordingId).toMatchObject({ type: 'string' });
});

test('what receivers are sent is described: each kind of event, its headers and what an answer means', () => {
  const { post } = document.webhooks.event;
  const names = post.parameters.map(resolved).map(({ name }: { name: string }) => name);
  expect(names).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
  expect(Object.keys(post.requestBody.content)).toEqual(['application/cloudevents+json']);
  expect(Object.keys(post.responses).sort()).toEqual(['2XX', '410', 'default']);
  const kinds: { $ref: string }[] = post.requestBody.content['application/cloudevents+json'].schema.anyOf;
  expect(kinds.map(({ $ref }) => $ref.split('/').at(-1))).toEqual([
    'OperationSettledEvent',
    'IncomingCallEvent',
    'RecordingEndedEvent',
    'SequenceEndedEvent',
    'GridCallEvent',
    'WebhookTestEvent',
    'AcsEvent',
  ]);
  for (const { description } of kinds.map(resolved)) {
    expect(description).toEqual(expect.any(String));
  }
});
