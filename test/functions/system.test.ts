/** What the app serves is what it describes: the functions, the OpenAPI document and the table of endpoints are one list. */
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activityNames } from '../../shared/sequences/orchestrators/flow/protocol.ts';
import { orchestrators } from '../../shared/sequences/orchestrators/index.ts';
import { request } from '../support/api.ts';
import { describedIn } from '../support/described.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

let board: Switchboard;
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
let document: any;

beforeAll(async () => {
  board = await startSwitchboard();
  document = (await board.api('GET', 'openapi.json')).body;
});
afterAll(() => board.close());

/** Every endpoint of the document. */
const described = () => describedIn(document);

/**
 * Functions that are no endpoint of the document: the one that takes unmatched requests, the callback of ACS, the events of
 * Event Grid, queues, timers and orchestrations.
 */
const apart = [
  ...orchestrators.map(({ name }) => name),
  ...Object.values(activityNames),
  'archiveRecording',
  'callEvent',
  'callEventFromQueue',
  'callbacks',
  'erasure',
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
  'zUnmatched',
];

/** The path without a segment, which the host does not know: the function of unmatched requests answers it. */
const withoutFunction = 'getApi';

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
  const withFunction = described().filter(({ operationId }) => operationId !== withoutFunction);
  expect(functions.map(({ name }) => name).sort()).toEqual(
    [...withFunction.map(({ operationId }) => operationId), ...apart].sort(),
  );
  const routes = functions
    .filter(({ name }) => !apart.includes(name))
    .map(({ name, methods = [], route }) => `${name} ${methods.join()} /${route}`.toUpperCase());
  const wanted = withFunction.map(({ operationId, method, path }) =>
    `${operationId} ${method === 'GET' ? 'GET,HEAD' : method} ${path}`.toUpperCase(),
  );
  expect(routes.sort()).toEqual(wanted.sort());
});

test('no function asks for a key of the host; only health, the document and the index need no credential', async () => {
  const levels = (await served())
    .filter(({ type }) => type === 'httpTrigger')
    .map(({ authLevel }) => authLevel?.toLowerCase());
  expect(new Set(levels)).toEqual(new Set(['anonymous']));
  const open = described().filter(({ item }) => item.security?.length === 0);
  expect(open.map(({ operationId }) => operationId).sort()).toEqual(['getApi', 'health', 'openApi']);
});

test('the document is OpenAPI 3.1 and names where the API answers', () => {
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\.\d$/),
    info: { title: expect.any(String), version: expect.any(String) },
    servers: [{ url: `${board.url}/api` }],
  });
  expect(new Set(described().map(({ operationId }) => operationId)).size).toBe(described().length);
});

test('the document is at most 150 kB, as it is served and in the docs', async () => {
  const answer = await request(`${board.url}/api/openapi.json`);
  expect((await answer.arrayBuffer()).byteLength).toBeLessThanOrEqual(150_000);
  expect((await stat('docs/openapi.json')).size).toBeLessThanOrEqual(150_000);
});

test('another method than those that are described is not served', async () => {
  expect((await board.api('PUT', 'calls', {})).status).toBe(405);
});
