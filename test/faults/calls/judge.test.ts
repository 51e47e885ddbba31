/** The judge of the crash suite finds each wrong, and none where the API says what ACS did. */
import { expect, test } from 'vitest';
import type { Emulator } from '../../../local/emulator/index.ts';
import type { Answer, Api } from '../../support/api.ts';
import type { Asked } from './flows.ts';
import { hangUpLive, judge, listedCalls, startRecord } from './judge.ts';

const key = '0b5f0f6e-1c1e-4d3e-8f3a-5d1c0e6f7a8b';
const answerOf = (status: number, body: object): Answer => ({ status, headers: new Headers(), body });

/** What ACS did and what the API says: by default a call that is connected on both sides. */
interface World {
  readonly name?: string;
  readonly wasAsked?: boolean;
  readonly connections?: readonly string[];
  readonly raised?: readonly string[];
  readonly operation?: string;
  readonly call?: string;
  readonly isListed?: boolean;
  readonly isAnswered?: boolean;
}

const eventOf = (event: string, index: number) => ({
  n: index + 2,
  kind: 'event',
  event: event.split(' ')[0],
  url: `http://127.0.0.1/api/callbacks/${key}`,
  body: [{ id: event, data: { operationContext: key } }],
});

function worldOf({
  name = 'createCall',
  wasAsked = true,
  connections = ['connected'],
  raised = ['CallConnected'],
  operation = 'succeeded',
  call = 'connected',
  isListed = true,
  isAnswered = true,
}: World) {
  const request = { n: 1, kind: 'request', headers: { 'repeatability-request-id': key.toUpperCase() } };
  const entries = [...(wasAsked ? [request] : []), ...raised.map(eventOf)];
  const calls = connections.map((state, index) => ({
    callConnectionId: `${index}`,
    callbackUri: `http://127.0.0.1/api/callbacks/${key}`,
    state,
  }));
  const control = { get: async (path: string) => (path.startsWith('log') ? { entries } : { calls }) };
  const unknown = answerOf(404, { status: 404 });
  const bodies: Readonly<Record<string, Answer>> = {
    [`operations/${key}`]: operation === 'unknown' ? unknown : answerOf(200, { callId: key, status: operation }),
    [`calls/${key}`]: call === 'notFound' ? unknown : answerOf(200, { callId: key, status: call }),
    'calls?limit=50': answerOf(200, { items: isListed ? [{ callId: key }] : [] }),
  };
  const api: Api = async (_method, path) => bodies[path] ?? unknown;
  const asked: Asked = { key, name, ...(isAnswered && { answer: answerOf(202, { callId: key }) }) };
  return { api, asked, record: startRecord({ control } as unknown as Emulator) };
}

async function verdictsOn(world: World): Promise<string[]> {
  const { api, asked, record } = worldOf(world);
  await record.collect();
  return [...new Set((await judge(api, record, await listedCalls(api), asked)).map(({ verdict }) => verdict))];
}

const over = { connections: ['disconnected'], call: 'disconnected' };
const notMade = { connections: [], raised: [], call: 'failed' };

test.each<[string, World]>([
  ['a call that is connected', {}],
  ['a call that has ended', over],
  ['a call that is live and unknown', { operation: 'indeterminate', call: 'unknown' }],
  ['a call that was promised, not asked for and failed', { ...notMade, wasAsked: false, operation: 'failed' }],
  ['a call that no answer promised', { ...notMade, wasAsked: false, operation: 'unknown', isAnswered: false }],
  ['a hang-up that ended its call', { ...over, name: 'hangUp' }],
])('nothing is wrong with %s', async (_, world) => {
  expect(await verdictsOn(world)).toEqual([]);
});

test.each<[string, string, World]>([
  ['lost', 'a live call that the API shows ended', { call: 'disconnected' }],
  ['lost', 'a live call that the API shows failed', { operation: 'indeterminate', call: 'failed' }],
  ['lost', 'a live call that the API does not know', { call: 'notFound' }],
  [
    'lost',
    'a live call of a client without an answer, of which the API knows nothing',
    { operation: 'unknown', call: 'notFound', isListed: false, isAnswered: false },
  ],
  ['lost', 'a call on no list', { isListed: false }],
  ['doubled', 'two connections of one call', { connections: ['connected', 'connected'] }],
  ['doubled', 'an operation that succeeded twice', { raised: ['CallConnected first', 'CallConnected second'] }],
  ['misreported', 'a success that ACS did not have', { raised: [] }],
  ['misreported', 'a failure that ACS did not have', { operation: 'failed' }],
  ['misreported', 'a connected call that is over at ACS', { ...over, call: 'connected' }],
  ['misreported', 'a hang-up that succeeded while its call is live', { name: 'hangUp' }],
  ['never asked', 'a promise that is still open', { ...notMade, wasAsked: false, operation: 'accepted' }],
  ['never asked', 'a promise that the API does not know', { ...notMade, wasAsked: false, operation: 'unknown' }],
])('%s is found in %s', async (verdict, _, world) => {
  expect(await verdictsOn(world)).toEqual([verdict]);
});

test('a live call that a hang-up does not end is lost', async () => {
  const { api, record } = worldOf({});
  await record.collect();
  expect(await hangUpLive(api, record, key, 100)).toMatchObject([{ verdict: 'lost' }]);
  const { record: ended } = worldOf(over);
  await ended.collect();
  expect(await hangUpLive(api, ended, key)).toEqual([]);
});

test('what is answered 503 is read again, and a list that cannot be read fails the judgement', async () => {
  const page = answerOf(200, { items: [{ callId: key }] });
  const answers = [answerOf(503, {}), page];
  expect(await listedCalls(async () => answers.shift() ?? page)).toEqual(new Set([key]));
  await expect(listedCalls(async () => answerOf(500, {}))).rejects.toThrow('500');
});
