/** Events that can never be processed: acknowledged, logged and without effect on the events beside them, on both inlets. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Answer, eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import { callbackOf, cloudEvent, eventIdsOf } from '../support/events.ts';
import { deliver, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly("reads the host's log");

const lines: string[] = [];
let board: Switchboard;
let send: (callId: string, body: unknown) => Promise<Answer>;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers, {}, (line) => lines.push(line));
  send = callbackOf(board);
});
afterAll(() => board.close());

/** Names that every object has, and that must not be found where there is nothing of that name. */
const inheritedNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

const absent = Symbol('absent');
const wrongValues: readonly unknown[] = [
  absent,
  null,
  '',
  7,
  1e300,
  true,
  [],
  {},
  [null],
  ...inheritedNames,
  'x'.repeat(60_000),
  nested(1000),
];

/** An array within an array within …: what recurses into it runs out of stack. */
function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => [inner], []);
}

/** An object whose member at a path is another value, or is absent. */
function withValue(target: object, [name = '', ...path]: readonly string[], value: unknown): object {
  const { [name]: member, ...others } = target as Record<string, unknown>;
  if (path.length > 0) {
    return { ...target, [name]: withValue(Object(member), path, value) };
  }
  return value === absent ? others : { ...others, [name]: value };
}

const identifier = { rawId: '4:+14255550123', kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } };
const resultInformation = { code: 200, subCode: 0, message: 'ok' };

/** Events with every member that is read, and the paths of these members. */
const readEvents: readonly (readonly [kind: string, data: object])[] = [
  ['ParticipantsUpdated', { sequenceNumber: 1, participants: [{ identifier, isMuted: false, isOnHold: false }] }],
  ['AddParticipantFailed', { operationContext: randomUUID(), participant: identifier, resultInformation }],
  ['ContinuousDtmfRecognitionToneReceived', { operationContext: randomUUID(), sequenceId: 1, tone: 'five' }],
  ['RecognizeCompleted', { operationContext: randomUUID(), recognitionType: 'dtmf', dtmfResult: { tones: ['one'] } }],
  ['RecordingStateChanged', { recordingId: 'r', state: 'active', startDateTime: '2026-01-01T12:00:00Z' }],
  ['CancelAddParticipantSucceeded', { operationContext: randomUUID(), invitationId: 'i' }],
  ['MediaStreamingFailed', { mediaStreamingUpdate: { mediaStreamingStatusDetails: 'x' }, resultInformation }],
  ['CallTeleported', { operationContext: randomUUID() }],
];
const envelopePaths = [['id'], ['type'], ['time'], ['source'], ['specversion'], ['data']];
const idPaths = ['callConnectionId', 'serverCallId', 'correlationId', 'operationContext', 'resultInformation'];
const pathsOf = (data: object) => [
  ...envelopePaths,
  ...[...new Set([...idPaths, ...Object.keys(data)])].map((name) => ['data', name]),
  ...['code', 'subCode', 'message'].map((name) => ['data', 'resultInformation', name]),
];

test.each(readEvents)(
  'a callback with a %s of which any member has any value is 200, and the events beside it are stored',
  async (kind, data) => {
    for (const path of pathsOf(data)) {
      const callId = await connectedCall(board.api);
      const malformed = wrongValues.map((value) => withValue(cloudEvent(kind, data), path, value));
      const neighbours = malformed.map(() => cloudEvent('PlayStarted'));
      for (const [index, event] of malformed.entries()) {
        expect([path, index, (await send(callId, [event, neighbours[index]])).status]).toEqual([path, index, 200]);
      }
      const stored = await eventIdsOf(board, callId);
      expect([path, neighbours.filter(({ id }) => !stored.includes(id))]).toEqual([path, []]);
      expect([path, (await board.api('GET', `calls/${callId}`)).status]).toEqual([path, 200]);
    }
  },
);

/** An IncomingCall event of a call from this number. */
function incomingCall(from: string) {
  const data = {
    from: { rawId: `4:${from}` },
    to: { rawId: `4:${callerId}` },
    serverCallId: 's',
    correlationId: randomUUID(),
    callerDisplayName: 'Ada',
    incomingCallContext: 'context',
    customContext: { sipHeaders: { a: 'b' }, voipHeaders: {} },
  };
  const eventTime = new Date().toISOString();
  const eventType = 'Microsoft.Communication.IncomingCall';
  return { id: randomUUID(), topic: '/a', subject: 'a', eventType, eventTime, dataVersion: '1', data };
}

const incomingPaths = [
  ['eventTime'],
  ['data'],
  ...Object.keys(incomingCall('').data).map((name) => ['data', name]),
  ...[
    ['from', 'rawId'],
    ['to', 'rawId'],
    ['customContext', 'sipHeaders'],
    ['customContext', 'voipHeaders'],
  ].map((path) => ['data', ...path]),
];

test.each(incomingPaths.map((path) => [path.join('.'), path] as const))(
  'an incoming call whose %s has any value is acknowledged, and the call beside it rings',
  async (_, path) => {
    const from = nextCaller();
    const events = wrongValues.map((value) => withValue(incomingCall(nextCaller()), path, value));
    for (const event of events) {
      expect(await deliver(board, [event])).toBe(202);
    }
    expect(await deliver(board, [...events.slice(0, 4), incomingCall(from)])).toBe(202);
    const { items } = (await board.api('GET', 'incoming-calls?limit=200')).body;
    expect(items.map((one: { from: string }) => one.from)).toContain(from);
  },
);

test('a refusal is logged with the kind and id of the event and the path of what is wrong, without values', async () => {
  const secret = '+14255550199';
  const callId = await connectedCall(board.api);
  const { length } = lines;
  const callback = cloudEvent('PlayFailed', { resultInformation: { code: secret } });
  const incoming = { ...incomingCall(secret), data: { ...incomingCall(secret).data, correlationId: 7 } };
  await send(callId, [callback]);
  await deliver(board, [incoming]);
  const refused = await eventually(
    async () => lines.slice(length).filter((line) => line.includes('Event refused for good')),
    (found) => found.length === 2,
  );
  expect(refused[0]).toContain(`"event":"PlayFailed","eventId":"${callback.id}","callId":"${callId}"`);
  expect(refused[0]).toContain('data.resultInformation.code');
  expect(refused[1]).toContain(`"event":"IncomingCall","eventId":"${incoming.id}"`);
  expect(refused[1]).toContain('correlationId');
  expect(lines.slice(length).join('\n')).not.toContain(secret);
});

test('an event that names the connection of another call changes nothing and is refused', async () => {
  const [callId, otherId] = [await connectedCall(board.api), await connectedCall(board.api)];
  const { body: other } = await board.api('GET', `calls/${otherId}`);
  const { body: before } = await board.api('GET', `calls/${callId}`);
  const { length } = lines;
  const { callConnectionId } = other;
  const foreign = ['CallDisconnected', 'ParticipantsUpdated', 'PlayFailed'].map((kind) =>
    cloudEvent(kind, { callConnectionId, participants: [], sequenceNumber: 99, resultInformation }),
  );
  const own = cloudEvent(
    'PlayStarted',
    { callConnectionId: before.callConnectionId },
    { time: new Date().toISOString() },
  );
  expect((await send(callId, [...foreign, own])).status).toBe(200);
  expect((await board.api('GET', `calls/${callId}`)).body).toEqual(before);
  const stored = await eventIdsOf(board, callId);
  expect([stored.includes(own.id), foreign.some(({ id }) => stored.includes(id))]).toEqual([true, false]);
  expect(lines.slice(length).filter((line) => line.includes('that of another call'))).toHaveLength(foreign.length);
});

test('an event of a recording names an internal connection of ACS, and is taken', async () => {
  const callId = await connectedCall(board.api);
  const event = cloudEvent('RecordingStateChanged', { callConnectionId: randomUUID(), recordingId: randomUUID() });
  await send(callId, [event]);
  expect(await eventIdsOf(board, callId)).toContain(event.id);
});

test.each(inheritedNames)('what a client names %s is answered, and pollutes nothing', async (name) => {
  const callId = await connectedCall(board.api);
  const polluted = JSON.parse(`{"${name}": {"polluted": true}}`);
  const requests = [
    ['POST', 'sequences', { callId, steps: [{ id: name, wait: 'PT0S' }, { wait: 'PT0S' }] }],
    ['POST', 'sequences', { input: polluted, steps: [{ result: { a: `$input.${name}.polluted` } }] }],
    ['POST', 'sequences', { steps: [{ result: polluted }] }],
    ['POST', 'sequences', { steps: [{ result: { a: `$steps.${name}.result` } }] }],
    ['POST', 'sequences', { name, input: {} }],
    ['POST', 'sequences', { steps: [{ do: name, with: {} }] }],
    ['POST', 'calls', { targets: ['+14255550177'], callerId, ...polluted }],
    ['POST', 'calls', { targets: ['+14255550177'], callerId, context: name }],
    ['POST', 'calls', { targets: ['8:acs:x'], customContext: [{ kind: 'voip', key: name, value: name }] }],
    ['POST', 'calls', `{"targets": ["8:acs:${name}"], "callerId": "${callerId}", "${name}": {"a": 1}}`],
    ['PUT', `routing-rules/${name}`, { priority: 1, enabled: false, action: { kind: name } }],
    ['PUT', `webhooks/${name}`, { url: 'https://example.com', secret: name, eventTypes: [name] }],
    ['GET', `calls/${name}`, undefined],
    ['GET', `calls/${callId}/participants/${name}`, undefined],
    ['GET', `operations/${name}`, undefined],
    ['GET', `recordings/${name}`, undefined],
    ['GET', `sequences/${name}`, undefined],
    ['GET', `webhooks/${name}`, undefined],
    ['GET', `routing-rules/${name}`, undefined],
    ['GET', `calls?${name}=1`, undefined],
  ] as const;
  for (const [method, path, body] of requests) {
    const { status } = await board.api(method, path, body);
    expect([method, path, status < 500 && status]).toEqual([method, path, status]);
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
