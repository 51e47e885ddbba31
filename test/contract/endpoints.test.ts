/** Every endpoint of the table, asked wrongly and rightly; each response is held to the published description. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { operationEndpoints } from '../../shared/http/endpoints/operations.ts';
import { operations } from '../../shared/operations/index.ts';
import { request } from '../support/api.ts';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { fault } from '../support/wire.ts';
import type { PublishedBoard } from './published.ts';
import {
  bodyOf,
  makeResources,
  pathOf,
  type Resources,
  resourcesFor,
  startWholeBoard,
  unknownResources,
} from './requests.ts';

const test = ownHostOnly('starts the app with a host that may be notified, and cuts it off from storage');

let board: PublishedBoard;
let resources: Resources;

beforeAll(async () => {
  board = await startWholeBoard();
  resources = await makeResources(board);
});
afterAll(() => board.close());

const names = new Set<string>(operations.flatMap(operationEndpoints).map(({ name }) => name));
const withBody = endpoints.filter(({ method }) => method !== 'GET');
/** Whether it performs an operation, on whichever of its routes. */
const isOperation = ({ name }: { readonly name: string }) => names.has(name.replace(/ById$/, ''));

/** The path of an endpoint with more query parameters. */
function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

test.each(endpoints)('$name refuses every query parameter that it does not know', async (endpoint) => {
  const path = withQuery(pathOf(endpoint, resources), 'colour=red&size=1');
  const { problem, fields } = problemIn(await board.api(endpoint.method, path, bodyOf(endpoint)));
  expect({ problem, fields }).toEqual({ problem: '422 invalidInput', fields: ['colour', 'size'] });
});

test.each(withBody)('$name refuses unknown fields and unknown query parameters at once', async (endpoint) => {
  const path = withQuery(pathOf(endpoint, resources), 'colour=red');
  const { problem, fields } = problemIn(await board.api(endpoint.method, path, { ...bodyOf(endpoint), bogus: 1 }));
  expect({ problem, fields: [...fields].sort() }).toEqual({ problem: '422 invalidInput', fields: ['bogus', 'colour'] });
});

test.each(withBody)('$name refuses a body that is no object', async (endpoint) => {
  const path = withQuery(pathOf(endpoint, resources), 'colour=red');
  for (const body of ['[1,2]', 'null', '7', '"x"', 'true']) {
    const { problem, fields } = problemIn(await board.api(endpoint.method, path, body));
    expect(problem).toBe('422 invalidInput');
    expect(fields).toEqual(expect.arrayContaining(['', 'colour']));
  }
});

test.each(withBody)(
  '$name refuses a body of another type, one that does not parse, and one that is too large',
  async (endpoint) => {
    const path = pathOf(endpoint, resources);
    const send = async (body: string, type: string) =>
      problemIn(await board.api(endpoint.method, path, body, { 'content-type': type })).problem;
    expect(await send('{}', 'text/plain')).toBe('415 unsupportedMediaType');
    expect(await send('{', 'application/json')).toBe('400 invalidJson');
    expect(await send(`"${'x'.repeat(256 * 1024)}"`, 'application/json')).toBe('413 bodyTooLarge');
  },
);

const keyed = endpoints.filter(({ headers = {} }) => headers['Idempotency-Key'] !== undefined);

test.each(keyed)('$name refuses a key that is no UUID, with everything else that is wrong', async (endpoint) => {
  const path = withQuery(pathOf(endpoint, resources), 'colour=red');
  const body = { ...bodyOf(endpoint), bogus: 1 };
  const { fields } = problemIn(await board.api(endpoint.method, path, body, { 'idempotency-key': 'mine' }));
  expect([...fields].sort()).toEqual(['Idempotency-Key', 'bogus', 'colour']);
});

test.each(keyed)('$name refuses a key that another request has used', async (endpoint) => {
  const made = endpoint.name === 'startErasure' ? resources.erasureId : resources.sequenceId;
  const used = isOperation(endpoint) ? resources.operationId : made;
  const headers = { 'idempotency-key': used ?? '' };
  const answer = await board.api(endpoint.method, pathOf(endpoint, resources), { bogus: 1 }, headers);
  expect(problemIn(answer).problem).toBe('422 idempotencyKeyReused');
});

/** The endpoints that publish a code. */
const having = (code: string) => endpoints.filter(({ errors = [] }) => errors.some((one) => one === code));

/** Those whose path names something that may be missing: the code of the first thing that it names. */
const notFound = endpoints.flatMap((endpoint) => {
  const code = endpoint.path.includes('{') && (endpoint.errors ?? []).find((one) => one.endsWith('NotFound'));
  return code ? [{ ...endpoint, code }] : [];
});

test.each(notFound)('$name is 404 $code for an unknown id, and also when the request is wrong', async (endpoint) => {
  const path = pathOf(endpoint, unknownResources());
  expect(problemIn(await board.api(endpoint.method, path, bodyOf(endpoint))).problem).toBe(`404 ${endpoint.code}`);
  if (endpoint.method === 'GET' || isOperation(endpoint)) {
    const wrong = await board.api(endpoint.method, withQuery(path, 'colour=red'), bodyOf(endpoint));
    expect(problemIn(wrong).problem).toBe(`404 ${endpoint.code}`);
  }
});

test('every endpoint of a call that has ended is 410', async () => {
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  for (const endpoint of having('callEnded')) {
    const body = inCall(endpoint, callId);
    const answer = await board.api(endpoint.method, pathOf(endpoint, { ...resources, callId }), body);
    expect({ name: endpoint.name, ...problemIn(answer) }).toMatchObject({
      name: endpoint.name,
      problem: '410 callEnded',
    });
  }
});

test('every operation that needs a connected call is 409 while it connects', async () => {
  const silent = '+14255550191';
  await board.emulator.control.put(`parties/${encodeURIComponent(silent)}`, { onRing: 'noAnswer' });
  const { body } = await board.api('POST', 'calls', { targets: [silent], callerId: '+14255550100' });
  const { callId } = body;
  const needConnected = operations.filter((one) => one.target === 'call' && !('allowedIn' in one));
  for (const endpoint of endpoints.filter(({ name }) => needConnected.some((one) => one.name === name))) {
    const sent = { ...bodyOf(endpoint), ...otherCall(endpoint) };
    const answer = await board.api(endpoint.method, pathOf(endpoint, { ...resources, callId }), sent);
    expect([endpoint.name, problemIn(answer).problem]).toEqual([endpoint.name, '409 callNotConnected']);
  }
});

/** The example of an endpoint, on this call if it is on one. */
function inCall(endpoint: Endpoint, callId: string): Record<string, unknown> | undefined {
  const body = bodyOf(endpoint);
  return body?.callId === undefined ? body : { ...body, callId };
}

/** The second call of an operation that names one, in place of the one of its example. */
function otherCall({ example = {} }: { readonly example?: unknown }): object {
  return Object.hasOwn(example as object, 'fromCallId') ? { fromCallId: resources.callId } : {};
}

test('every operation on an incoming call is 409 once it was rejected', async () => {
  const incomingCallId = await ringingCall(board);
  await board.api('POST', `incoming-calls/${incomingCallId}/reject`, {});
  for (const endpoint of having('callNotAnswerable')) {
    const answer = await board.api('POST', pathOf(endpoint, { ...resources, incomingCallId }), bodyOf(endpoint));
    expect(problemIn(answer).problem).toBe('409 callNotAnswerable');
  }
});

/** Reads and writes that succeed with what their literals say, deletions last. */
const others = endpoints.filter(({ name }) => !names.has(name));
const successes = [
  ...others.filter(({ method }) => method !== 'DELETE'),
  ...others.filter(({ method }) => method === 'DELETE'),
];

test.each(successes)('$name succeeds with its example, as published', async (endpoint) => {
  const own = await resourcesFor(endpoint, resources, board.api);
  // The sequence of the example hangs up.
  const body = inCall(endpoint, endpoint.name === 'startSequence' ? await connectedCall(board.api) : '');
  const answer = await board.api(endpoint.method, pathOf(endpoint, own), body);
  expect([answer.status, answer.body]).toEqual([endpoint.success[0].status, expect.anything()]);
});

test('a file is served whole and by range; a range and a chunk that it does not have are refused', async () => {
  const path = `recordings/${resources.recordingId}/content`;
  expect((await board.api('GET', path, undefined, { range: 'bytes=0-9' })).status).toBe(206);
  const beyond = await board.api('GET', path, undefined, { range: 'bytes=999999999-' });
  expect(problemIn(beyond).problem).toBe('416 rangeNotSatisfiable');
  expect(problemIn(await board.api('GET', `${path}?chunk=99`)).problem).toBe('404 recordingChunkNotFound');
});

test('JSON ends with a newline, problems as well', async () => {
  for (const path of ['calls', 'health', 'openapi.json', 'calls/unknown']) {
    expect((await (await request(`${board.url}/api/${path}`)).text()).endsWith('}\n')).toBe(true);
  }
});

test.each(having('acsUnreachable'))('$name reports a refusal of ACS', async (endpoint) => {
  for (const read of ['getCall', 'getParticipants', 'getParticipant']) {
    await fault(board, read, { status: 400 });
  }
  const answer = await board.api('GET', pathOf(endpoint, resources));
  await board.emulator.control.delete('faults');
  expect(problemIn(answer).problem).toBe('400 acsRefused');
});

test('an endpoint whose storage is down is 503', async () => {
  board.storage.down = true;
  const stored = endpoints.filter(({ name }) => !['getApi', 'openApi', 'getBuiltInSequences'].includes(name));
  const answers = await Promise.all(
    stored.map(async (endpoint) => {
      const { status } = await board.api(endpoint.method, pathOf(endpoint, unknownResources()), bodyOf(endpoint));
      return { name: endpoint.name, status };
    }),
  );
  board.storage.down = false;
  expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
});

/** The codes that other suites provoke, which need more than a request: where. */
const elsewhere: Readonly<Record<string, string>> = {
  callNotEnded: 'test/scenarios/erasure-waits.test.ts',
  eventLogOff: 'test/scenarios/webhooks.test.ts',
  destinationNotAllowed: 'test/scenarios/limited-destinations.test.ts',
  auditOff: 'test/scenarios/webhooks.test.ts',
  acsUnreachable: 'test/scenarios/acs-silence.test.ts',
  limitReached: 'test/scenarios/redirect-loops.test.ts',
  mediaConflict: 'test/scenarios/media-rules.test.ts',
  notSupported: 'test/contract/people.test.ts',
  operationInProgress: 'test/shared/ledger/commands/takeover.test.ts',
  participantNotFound: 'test/contract/targets.test.ts',
  preconditionFailed: 'test/contract/versions.test.ts',
  recordingDeleted: 'test/scenarios/recording-reads.test.ts',
  recordingLimit: 'test/shared/calls/recording/recording.test.ts',
  recordingNotPaused: 'test/scenarios/recording.test.ts',
  recordingNotReady: 'test/scenarios/recording-reads.test.ts',
  recordingNotRunning: 'test/scenarios/recording.test.ts',
  recordingNotStopped: 'test/scenarios/recording.test.ts',
  recordingRunning: 'test/scenarios/recording.test.ts',
  sequenceEnded: 'test/scenarios/sequences/api.test.ts',
  tooManyRoutingRules: 'test/contract/routing-rules.test.ts',
  tooManyWebhooks: 'test/contract/webhooks.test.ts',
  tooManyApiKeys: 'test/contract/access-by-key.test.ts',
  apiKeysOff: 'test/contract/access-by-token.test.ts',
  conflict: 'test/shared/webhooks/notifications.test.ts',
  deliveryNotFound: 'test/scenarios/webhook-resend.test.ts',
  webhookDisabled: 'test/scenarios/webhook-resend.test.ts',
};

test('every code that is published was provoked here, or is in another suite', () => {
  const codes = new Set(endpoints.flatMap(({ errors = [] }) => errors));
  const seen = new Set([...board.seen].map((one) => one.split(' ')[2]));
  const left = [...codes].filter((code) => !seen.has(code));
  expect(left.filter((code) => elsewhere[code] === undefined)).toEqual([]);
  for (const code of left) {
    expect(readFileSync(elsewhere[code] ?? '', 'utf8'), code).toContain(code);
  }
});
