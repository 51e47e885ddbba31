/** The target of a request: unknown, ended or in another state; and the order in which errors are reported. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { operations } from '../../shared/operations/index.ts';
import { pathParameters } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { participantId } from '../support/endings.ts';
import { pathOfDigits, pathOfParticipant } from '../support/people.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, party, requestsSince, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

let board: Switchboard;
let connected: string;
let ended: string;
let connecting: string;
const silent = '+14255550190';
const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';

beforeAll(async () => {
  board = await published(await startSwitchboard(withoutTimers));
  connected = await connectedCall(board.api);
  ended = await connectedCall(board.api);
  await board.api('POST', `calls/${ended}/hang-up`, {}, { prefer: 'wait=20' });
  await party(board, silent, { onRing: 'noAnswer' });
  connecting = (await board.api('POST', 'calls', { targets: [silent], callerId: '+14255550100' })).body.callId;
});
afterAll(() => board.close());

const unknown = [randomUUID(), 'x', '00000000', 'a b', "o'brien", 'ä🙂', '%E0%A4%A', 'a%2Fb', 'x'.repeat(2000)];
const onCalls = operations.filter(({ target }) => target === 'call');
const onIncoming = operations.filter(({ target }) => target === 'incomingCall');
/** The paths of the reads, as the API describes them. */
async function readPaths(): Promise<string[]> {
  const { paths } = (await board.api('GET', 'openapi.json')).body;
  return Object.keys(paths).flatMap((path) => (paths[path].get ? [path.slice(1)] : []));
}

/** The path with its parameters filled in. */
function pathOf(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? encodeURIComponent(user));
}

const bodyOf = ({ method }: { method: string }, body: object) => (method === 'DELETE' ? undefined : body);

test.each(operations.filter(({ target }) => target !== 'newCall'))(
  '$name of an unknown target is 404, whatever else is wrong',
  async (operation) => {
    const [parameter = ''] = pathParameters(operation.path);
    const problem = notFound[parameter];
    for (const id of unknown) {
      const path = pathOf(operation.path, { [parameter]: id });
      const answer = await board.api(operation.method, path, bodyOf(operation, { nonsense: 1 }), { prefer: 'wait=99' });
      expect({ id, ...problemIn(answer) }).toEqual({ id, problem, fields: [] });
    }
  },
);

test('an id is found in whatever case it is written', async () => {
  const call = await board.api('GET', `calls/${connected.toUpperCase()}`);
  expect(call).toMatchObject({ status: 200, body: { callId: connected } });
  const created = await board.api('GET', `operations/${connected.toUpperCase()}`);
  expect(created).toMatchObject({ status: 200, body: { operationId: connected, name: 'createCall' } });
});

const notFound: Readonly<Record<string, string>> = {
  incomingCallId: '404 incomingCallNotFound',
  operationId: '404 operationNotFound',
  ruleId: '404 routingRuleNotFound',
  webhookId: '404 webhookNotFound',
  callId: '404 callNotFound',
  recordingId: '404 recordingNotFound',
  sequenceId: '404 sequenceNotFound',
  erasureId: '404 erasureNotFound',
};

test('a read of an unknown target is 404, before its query is validated', async () => {
  for (const path of (await readPaths()).filter((one) => one.includes('{'))) {
    const [parameter = ''] = pathParameters(path);
    for (const id of unknown) {
      const { problem } = problemIn(await board.api('GET', `${pathOf(path, { [parameter]: id })}?colour=red`));
      expect({ path, id, problem }).toEqual({ path, id, problem: notFound[parameter] });
    }
  }
});

test('a ringing call is no call yet, and a call that the app made is no incoming call', async () => {
  const ringing = await ringingCall(board);
  const reads = endpoints.filter(({ method, path }) => method === 'GET' && path.startsWith('calls/{callId}'));
  const alsoOfRinging = ['getTimeline', 'exportCall'];
  for (const { name, path } of reads.filter((read) => !alsoOfRinging.includes(read.name))) {
    const url = path.replace('{callId}', ringing).replace('{participantId}', 'p-aaaaaaaaaaaaaaaa');
    expect(problemIn(await board.api('GET', url)).problem, name).toBe('404 callNotFound');
  }
  expect(problemIn(await board.api('POST', `calls/${ringing}/hang-up`)).problem).toBe('404 callNotFound');
  expect(problemIn(await board.api('GET', `incoming-calls/${connected}`)).problem).toBe('404 incomingCallNotFound');
  expect(problemIn(await board.api('POST', `incoming-calls/${connected}/answer`)).problem).toBe(
    '404 incomingCallNotFound',
  );
});

test.each(onCalls)('$name on a call that has ended is 410', async (operation) => {
  const path = pathOf(operation.path, { callId: ended });
  const answer = await board.api(operation.method, path, bodyOf(operation, { nonsense: 1 }));
  expect(problemIn(answer)).toEqual({ problem: '410 callEnded', fields: [] });
});

test('a live read of a call that has ended is 410', async () => {
  const ofCalls = (await readPaths()).filter((path) =>
    /^calls\/\{callId\}\/(?!timeline|export|stream|media\/)/.test(path),
  );
  expect(ofCalls).toHaveLength(3);
  for (const path of ofCalls) {
    const answer = await board.api('GET', `${pathOf(path, { callId: ended })}?colour=red`);
    expect(problemIn(answer).problem).toBe('410 callEnded');
  }
});

test('the stored reads of a call that has ended still succeed', async () => {
  expect((await board.api('GET', `calls/${ended}`)).body).toMatchObject({ status: 'disconnected' });
  expect((await board.api('GET', `calls/${ended}/timeline`)).status).toBe(200);
  const digits = await pathOfDigits(board.api, `calls/${ended}`, '+14255550177');
  expect((await board.api('GET', digits)).body).toMatchObject({ status: 'none', digits: [] });
});

test.each(onCalls.filter(({ name }) => name !== 'hangUp'))(
  '$name on a call that is connecting is 409, after its validation errors',
  async (operation) => {
    const path = pathOf(operation.path, { callId: connecting });
    const input = { ...operation.example, ...(operation.name === 'moveParticipants' && { fromCallId: connected }) };
    const fields = Object.fromEntries(Object.entries(input).filter(([name]) => !operation.path.includes(`{${name}}`)));
    const since = await lastEntry(board);
    const answer = await board.api(operation.method, path, bodyOf(operation, fields));
    expect(problemIn(answer)).toEqual({ problem: '409 callNotConnected', fields: [] });
    const headers = { 'idempotency-key': 'x' };
    expect(problemIn(await board.api(operation.method, path, bodyOf(operation, fields), headers)).problem).toBe(
      '422 invalidInput',
    );
    expect(await requestsSince(board, since)).toEqual([]);
  },
);

test('hangUp ends a call that is not answered yet', async () => {
  const { body } = await board.api('POST', 'calls', { targets: [silent], callerId: '+14255550100' });
  const hungUp = await board.api('POST', `calls/${body.callId}/hang-up`, {}, { prefer: 'wait=20' });
  expect(hungUp).toMatchObject({ status: 200, body: { name: 'hangUp', status: 'succeeded' } });
  await eventually(
    () => board.api('GET', `operations/${body.operationId}`),
    (created) => created.body.status === 'failed',
  );
});

test('the live reads of a call that is connecting come from ACS', async () => {
  const { body } = await board.api('GET', `calls/${connecting}/properties`);
  expect(body).toMatchObject({ callConnectionState: 'connecting', targets: [silent] });
});

test.each(['+14255550177', '8:acs:absent', 'absent', 'p-aaaaaaaaaaaaaaaa', '%E0%A4%A'])(
  'no path of the API takes %s for a participant: it is 404',
  async (id) => {
    const path = `calls/${connected}/participants/${id.startsWith('%') ? id : encodeURIComponent(id)}`;
    const paths = [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/mute`],
    ] as const;
    for (const [method, one] of paths) {
      expect(problemIn(await board.api(method, one)).problem).toBe('404 participantNotFound');
    }
    const digits = `calls/${connected}/media/continuous-dtmf?participantId=${id}`;
    expect(problemIn(await board.api('GET', digits)).problem).toBe('404 participantNotFound');
  },
);

test('a participant is found by the id that the roster gives', async () => {
  const { body } = await board.api('GET', await pathOfParticipant(board.api, `calls/${connected}`, '+14255550177'));
  expect(body).toEqual({ participantId, participant: '+14255550177', isMuted: false, isOnHold: false });
});

test('a participant who is in the roster and not in the call is 404 for a live read', async () => {
  const call = `calls/${await connectedCall(board.api, [user, '+14255550177'])}`;
  const path = await pathOfParticipant(board.api, call, '+14255550177');
  await board.api('DELETE', path, undefined, { prefer: 'wait=20' });
  await eventually(
    () => board.api('GET', path),
    ({ body }) => body.code === 'participantNotFound',
  );
});

test('a move from an unknown call is 404, and ACS refuses a participant who is not there', async () => {
  const path = `calls/${connected}/participants/move`;
  const body = { participants: [user], fromCallId: randomUUID() };
  expect(problemIn(await board.api('POST', path, body)).problem).toBe('404 callNotFound');
  const removed = await board.api(
    'POST',
    `calls/${connected}/participants/remove`,
    { participant: user },
    { prefer: 'wait=20' },
  );
  expect(removed).toMatchObject({
    status: 200,
    body: { status: 'failed', error: { source: 'acs', acsSubCode: 8558 } },
  });
});

test.each(onIncoming)('$name of a call that was answered is 409', async (operation) => {
  const incomingCallId = await ringingCall(board);
  await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  const since = await lastEntry(board);
  const answer = await board.api('POST', pathOf(operation.path, { incomingCallId }), operation.example);
  expect(problemIn(answer)).toEqual({ problem: '409 callNotAnswerable', fields: [] });
  expect(await requestsSince(board, since)).toEqual([]);
});

const large = JSON.stringify({ context: 'x'.repeat(300_000) });

/** Each request has the error that is expected and every error that ranks below it. */
test.each([
  ['415 unsupportedMediaType', 'text/plain', large],
  ['413 bodyTooLarge', 'application/json', large],
  ['400 invalidJson', 'application/json', '{'],
  ['404 callNotFound', 'application/json', '[]'],
])('the first error to be reported is %s', async (problem, type, body) => {
  const headers = { 'content-type': type, 'idempotency-key': 'x', prefer: 'wait=99' };
  expect(problemIn(await board.api('POST', `calls/${randomUUID()}/transfer`, body, headers)).problem).toBe(problem);
});
