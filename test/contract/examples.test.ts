/** Sends every example of the description to the app and the emulator: requests, query parameters and headers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { openApi } from '../../shared/http/openapi/document.ts';
import { operations } from '../../shared/operations/index.ts';
import { connectedCall } from '../support/calls.ts';
import { requestOf } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { PublishedBoard } from './published.ts';
import { makeResources, pathOf, type Resources, resourcesFor, startWholeBoard } from './requests.ts';

const test = ownHostOnly('starts the app with a host that may be notified');

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
const document: any = JSON.parse(JSON.stringify(openApi(endpoints, '/api')));

let board: PublishedBoard;
let resources: Resources;

beforeAll(async () => {
  board = await startWholeBoard();
  resources = await makeResources(board);
});
afterAll(() => board.close());

// biome-ignore lint/suspicious/noExplicitAny: as above.
type Item = any;

const itemOf = ({ method, path }: Endpoint): Item => document.paths[`/${path}`][method.toLowerCase()];
const resolved = (item: Item): Item =>
  item.$ref === undefined ? item : document.components[item.$ref.split('/').at(-2)][item.$ref.split('/').at(-1)];
const parametersOf = (endpoint: Endpoint): readonly Item[] => (itemOf(endpoint).parameters ?? []).map(resolved);
const bodyOf = (endpoint: Endpoint): Item => itemOf(endpoint).requestBody?.content['application/json'];

/** Deletions last: what they delete, others read. */
const inOrder = [...endpoints].sort(
  (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
);
const withBody = inOrder.filter((endpoint) => bodyOf(endpoint) !== undefined);

test.each(withBody)('the example of a request for $name is valid by its schema', (endpoint) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const { schema, example } = bodyOf(endpoint);
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));
  expect(example).toBeDefined();
  expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
});

test.each(operations)('$name is answered as documented for its example', async (operation) => {
  const send = await requestOf(board, operation);
  const answer = await send({ prefer: 'wait=20' });
  expect(answer).toMatchObject({ status: 200, body: { name: operation.name, status: 'succeeded' } });
});

const filters = endpoints.flatMap((endpoint) =>
  parametersOf(endpoint).flatMap(({ name, in: where, schema }) =>
    where === 'query'
      ? [...(schema.examples ?? []), ...(schema.enum ?? [])].map((value: unknown) => ({ endpoint, name, value }))
      : [],
  ),
);

test('every example and every listed value of a query parameter is accepted', async () => {
  expect(filters.length).toBeGreaterThan(10);
  for (const { endpoint, name, value } of filters) {
    const path = pathOf(endpoint, resources);
    // Over all calls some lists have some values only; within a call they have all.
    const hasCallId = parametersOf(endpoint).some((one) => one.name === 'callId' && one.in === 'query');
    const query = new URLSearchParams(hasCallId ? { callId: String(resources.callId) } : {});
    query.set(name, String(value));
    const { status } = await board.api(endpoint.method, `${path}${path.includes('?') ? '&' : '?'}${query}`);
    expect([endpoint.name, name, value, status]).toEqual([endpoint.name, name, value, 200]);
  }
});

const names: ReadonlySet<string> = new Set(operations.map(({ name }) => name));
const others = inOrder.filter(({ name }) => !names.has(name));

test.each(others)('$name is answered as documented for its example', async (endpoint) => {
  const { example } = bodyOf(endpoint) ?? {};
  // The example names a call, as any request does: one that is there.
  const body = example?.callId === undefined ? example : { ...example, callId: await connectedCall(board.api) };
  const path = pathOf(endpoint, await resourcesFor(endpoint, resources, board.api));
  const answer = await board.api(endpoint.method, path, endpoint.method === 'GET' ? undefined : (body ?? {}));
  expect([endpoint.name, answer.status]).toEqual([endpoint.name, endpoint.success[0].status]);
});
