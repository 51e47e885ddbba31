/** Values of custom context are personal data: they reach no log, no telemetry and no history of Durable Functions. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually, request } from '../support/api.ts';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import { type Collector, exportingTo, startCollector } from '../support/collector.ts';
import { becomes, deliver, dialIn, incomingCallEventFrom, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, party, requestsSince, withoutTimers } from '../support/wire.ts';
import { callerId, ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('starts the app with a collector of its own for telemetry');

let collector: Collector;
let board: Switchboard;
const hostLog: string[] = [];
const user = '8:acs:headers';

/** Values that occur nowhere else: one for each header of each request. */
const values: string[] = [];
function secret(): string {
  const value = `v${randomUUID().replaceAll('-', '')}`;
  values.push(value);
  return value;
}

/** Headers of a request to the API, one of each kind. */
const outgoing = () => [
  { kind: 'sipuui', key: '', value: secret() },
  { kind: 'sipx', key: 'Ticket', value: secret() },
  { kind: 'voip', key: 'language', value: secret() },
];

/** Headers that come with a call. */
const incoming = () => ({
  sipHeaders: { userToUser: secret(), 'X-MS-Custom-Tier': secret() },
  voipHeaders: { language: secret() },
});

beforeAll(async () => {
  collector = await startCollector();
  board = await startSwitchboard(
    {
      ...withoutTimers,
      ...frequentRechecks,
      ...exportingTo(collector),
    },
    {},
    (line) => hostLog.push(line),
  );
  await party(board, user, { onRing: 'answer' });
});
afterAll(async () => {
  await board.close();
  await collector.close();
});

/** Everything that was logged or exported since the start, once log and traces have the call of the test's end. */
async function everythingWith(lastCallId: string): Promise<string> {
  await eventually(
    async () => collector.received,
    (requests) =>
      ['/v1/logs', '/v1/traces'].every((kind) =>
        requests.some(({ path, body }) => path === kind && body.includes(lastCallId)),
      ),
  );
  return [...hostLog, ...collector.received.map(({ body }) => body)].join('\n');
}

const found = (text: string) => values.filter((value) => text.includes(value));

test('headers of requests, performed, refused by ACS and invalid, are in no log and no telemetry', async () => {
  const since = await lastEntry(board);
  const ask = async (path: string, body: object) =>
    (await board.api('POST', path, { ...body, customContext: outgoing() })).status;
  const callId = await connectedCall(board.api);
  expect(await ask('calls', { targets: [guest], callerId })).toBe(202);
  expect(await ask(`calls/${callId}/participants`, { target: user })).toBe(202);
  expect(await ask(`calls/${callId}/transfer`, { target: user })).toBe(202);
  expect(await ask(`incoming-calls/${await ringingCall(board)}/redirect`, { target: user })).toBe(200);
  const sent = JSON.stringify((await requestsSince(board, since)).map(({ body }) => body));
  expect(found(sent)).toEqual(values);

  await fault(board, 'createCall', { status: 400 });
  await ask('calls', { targets: [guest], callerId });
  const invalid = [{ kind: 'sipx', key: 'Ticket', value: `${secret()} ${'x'.repeat(300)}` }];
  const refused = await board.api('POST', 'calls', { targets: [guest], callerId, customContext: invalid });
  expect(refused.status).toBe(422);
  expect(found(JSON.stringify(refused.body))).toEqual([]);
  const last = await connectedCall(board.api);
  expect(found(await everythingWith(last))).toEqual([]);
});

test('headers that come with a call, matched by a rule or malformed, are in no log and no telemetry', async () => {
  const customContext = incoming();
  const header = { key: 'Tier', value: customContext.sipHeaders['X-MS-Custom-Tier'] };
  await board.api('PUT', 'routing-rules/tier', { priority: 1, match: { header }, action: { kind: 'answer' } });
  const { incomingCallId, from } = await dialIn(board, { to: callerId, customContext });
  await becomes(board, incomingCallId, 'answered');
  const event = await incomingCallEventFrom(board, from);
  const malformed = { ...event.data, from: 'no one', customContext: { sipHeaders: { 'X-A': [secret()] } } };
  await deliver(board, [{ ...event, id: randomUUID(), data: malformed }]);

  await board.api('DELETE', 'routing-rules/tier');
  expect(found(await everythingWith(await connectedCall(board.api)))).toEqual([]);
});

test('headers that a sequence sends, and those of the call that started it, are in no history of Durable Functions', async () => {
  const from = nextCaller();
  const invite = { do: 'addParticipant', with: { target: user, customContext: outgoing() } };
  const steps = [{ do: 'answerCall' }, invite, { do: 'hangUp', with: { forEveryone: true } }];
  await board.api('PUT', 'routing-rules/ivr', { priority: 1, match: { from }, action: { kind: 'sequence', steps } });
  const since = await lastEntry(board);
  const { incomingCallId } = await dialIn(board, { from, to: callerId, customContext: incoming() });
  await becomes(board, incomingCallId, 'answered');
  const { items } = (await board.api('GET', `sequences?callId=${incomingCallId}`)).body;
  expect(await ended(board, items[0].sequenceId)).toMatchObject({ status: 'succeeded' });
  await board.api('DELETE', 'routing-rules/ivr');

  expect(found(JSON.stringify((await requestsSince(board, since)).map(({ body }) => body)))).toHaveLength(3);
  const query = 'showHistory=true&showHistoryOutput=true&showInput=true';
  const instance = `${board.url}/runtime/webhooks/durabletask/instances/${items[0].sequenceId}?${query}`;
  const history = await (await request(instance)).text();
  expect(history).toContain('advanceSequence');
  expect(found(history)).toEqual([]);
  expect(found(await everythingWith(await connectedCall(board.api)))).toEqual([]);
});
