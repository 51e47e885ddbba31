/** Webhooks: who is told of what, how often, and what becomes of what nobody takes; long because they share one app. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LogEntry } from '../../local/host/host.ts';
import { connectedCall, ringingCall } from '../contract/situations.ts';
import { eventually } from '../support/api.ts';
import { freePort } from '../support/free-port.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { type Delivered, startWebhookReceiver, verified, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { callbacksOf, fault, withoutTimers } from './wire.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const notifySecret = 'whsec_bm90aWZ5IHNlY3JldCBvZiB0aGUgdGVzdHM=';
const log: string[] = [];
let board: Switchboard;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  const keep = (entry: LogEntry) => log.push(JSON.stringify(entry));
  const settings = {
    NOTIFY_SECRET: notifySecret,
    NOTIFY_TIMEOUT_SECONDS: '1',
    NOTIFY_RETRY_SECONDS: '1 1',
    NOTIFY_SWEEP_SECONDS: '1',
  };
  board = await startSwitchboard({ ...withoutTimers, ...settings }, {}, keep);
});
afterAll(async () => {
  await board.close();
  await receiver.close();
});
beforeEach(() => board.emulator.control.delete('faults'));
afterEach(async () => {
  receiver.answer = () => 204;
  for (const { webhookId } of (await board.api('GET', 'webhooks')).body.items) {
    await board.api('DELETE', `webhooks/${webhookId}`);
  }
});

/** A webhook to a path of the receiver, or to another URL. */
async function subscribe(webhookId: string, eventTypes: readonly string[], url = `${receiver.url}/${webhookId}`) {
  const { status } = await board.api('PUT', `webhooks/${webhookId}`, { url, secret, eventTypes });
  expect(status).toBe(200);
}

/** The failures of a receiver, once there are as many. */
async function failuresOf(webhookId: string, count = 1) {
  const { body } = await eventually(
    () => board.api('GET', `webhooks/${webhookId}/failures`),
    (answer) => answer.body.items.length >= count,
    30_000,
  );
  return body.items;
}

const names = (messages: readonly Delivered[]) => messages.map(({ event }) => event.type.replace(/^.*\./, ''));
const isOf = (callId: string) => (one: Delivered) => one.event.data.callId === callId;

test('a webhook is told of every event of every call that it wants, signed, and of no other', async () => {
  await subscribe('all', []);
  await subscribe('some', ['CallConnected', 'OperationSettled']);
  await board.api('PUT', 'webhooks/off', { url: `${receiver.url}/off`, secret, eventTypes: [], enabled: false });
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, { context: 'bye' }, { prefer: 'wait=20' });
  const raised = (await callbacksOf(board, callId)).flat() as { id: string; type: string; data: object }[];
  const isWhole = (messages: Delivered[]) => messages.filter(isOf(callId)).length >= raised.length + 2;
  const all = (await receiver.wait('/all', isWhole)).filter(isOf(callId));
  for (const { id, type, data } of raised) {
    const told = all.filter(({ event }) => event.id === id);
    expect(told.map(({ event }) => ({ type: event.type, data: event.data }))).toEqual([
      { type, data: expect.objectContaining({ ...data, callId }) },
    ]);
  }
  const ends = all.filter(({ event }) => event.type === 'Switchboard.OperationSettled');
  expect(ends.map(({ event }) => [event.data.name, event.data.status, event.data.context])).toEqual(
    expect.arrayContaining([
      ['createCall', 'succeeded', undefined],
      ['hangUp', 'succeeded', 'bye'],
    ]),
  );
  expect(all.map((message) => verified(message, secret))).toEqual(all.map(({ event }) => event));
  const some = await receiver.wait('/some', (messages) => messages.filter(isOf(callId)).length >= 3);
  expect(names(some.filter(isOf(callId))).sort()).toEqual(['CallConnected', 'OperationSettled', 'OperationSettled']);
  expect(receiver.at('/off')).toEqual([]);
});

test('a call that rings is told, without what ACS needs to answer it', async () => {
  await subscribe('ring', ['IncomingCall']);
  const incomingCallId = await ringingCall(board);
  const [message] = await receiver.wait('/ring', ({ length }) => length > 0);
  expect(message?.event).toMatchObject({
    type: 'Switchboard.IncomingCall',
    data: { incomingCallId, status: 'ringing', to: '+14255550100' },
  });
  expect(message?.body).not.toContain('"context"');
});

test('a recording is told when its files are in the archive', async () => {
  await subscribe('files', ['RecordingArchived', 'RecordingFailed']);
  const callId = await connectedCall(board.api);
  const { body } = await board.api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  await board.api('POST', `recordings/${recordingId}/stop`, {});
  const [message, ...more] = await receiver.wait('/files', ({ length }) => length > 0);
  const { body: recording } = await board.api('GET', `recordings/${recordingId}`);
  expect(message?.event).toMatchObject({ type: 'Switchboard.RecordingArchived', id: `${recordingId}-archived` });
  expect(message?.event.data).toEqual(recording);
  expect(more).toEqual([]);
});

test('an event that ACS sends twice is told once', async () => {
  await subscribe('twice', ['CallConnected']);
  await fault(board, 'CallConnected', { duplicateEvent: true });
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  await subscribe('after', ['CallDisconnected']);
  await receiver.wait('/twice', ({ length }) => length > 0);
  expect(receiver.at('/twice')).toHaveLength(1);
});

/** Has ACS send an event that no SDK knows; the storage transactions and queue messages that it costs. */
async function costOfEvent(callId: string) {
  const { token } = (await board.emulator.control.post('token', {})) as { token: string };
  const type = 'Microsoft.Communication.SomethingNew';
  const event = { id: randomUUID(), type, time: new Date().toISOString(), data: { novelty: 7 } };
  board.storage.take();
  board.queues.take();
  const headers = { authorization: `Bearer ${token}` };
  expect((await board.api('POST', `callbacks/${callId}`, [event], headers)).status).toBe(200);
  const messages = board.queues.take().filter(({ method, path }) => method === 'POST' && path.includes('/messages'));
  const transactions = board.storage.take().filter(({ path }) => !path.includes('webhooks()'));
  return { type, event, transactions: transactions.length, messages: messages.length };
}

test('an event costs a transaction more and a message for each receiver when it is told, and nothing when it is not', async () => {
  const callId = await connectedCall(board.api);
  await subscribe('others', ['CallConnected']);
  expect(await costOfEvent(callId)).toMatchObject({ transactions: 2, messages: 0 });
  await subscribe('one', []);
  await subscribe('two', []);
  const { type, event, ...cost } = await costOfEvent(callId);
  expect(cost).toEqual({ transactions: 3, messages: 2 });
  const [message] = await receiver.wait('/one', (messages) => messages.some(isOf(callId)));
  expect(message?.event).toMatchObject({ id: event.id, type, data: { novelty: 7, callId } });
});

test('what a receiver does not take is sent again under the same id, signed anew', async () => {
  await subscribe('flaky', ['CallConnected']);
  receiver.answer = () => (receiver.at('/flaky').length < 3 ? 500 : 200);
  await connectedCall(board.api);
  const messages = await receiver.wait('/flaky', ({ length }) => length === 3);
  expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(messages.map(({ body }) => body)).size).toBe(1);
  expect(new Set(messages.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1);
  expect(messages.map((message) => verified(message, secret))).toHaveLength(3);
  expect((await board.api('GET', 'webhooks/flaky/failures')).body.items).toEqual([]);
});

test('a receiver that asks for a pause is given it', async () => {
  await subscribe('tired', ['CallConnected']);
  receiver.answer = () => (receiver.at('/tired').length < 2 ? [429, { 'retry-after': '3' }] : 204);
  await connectedCall(board.api);
  const [first, second] = await receiver.wait('/tired', ({ length }) => length === 2);
  expect(Number(second?.at) - Number(first?.at)).toBeGreaterThan(2500);
});

test.each([
  ['refuses', () => 500 as const, { reason: 'refused', status: 500 }],
  ['redirects', () => [302, { location: `${receiver.url}/elsewhere` }] as const, { reason: 'refused', status: 302 }],
  ['never answers', () => new Promise<number>(() => {}), { reason: 'timeout' }],
])('a receiver that %s is asked three times, and what it missed is kept', async (_, answer, failure) => {
  await subscribe('bad', ['CallConnected']);
  receiver.delivered.length = 0;
  receiver.answer = ({ path }) => (path === '/bad' ? answer() : 204);
  const callId = await connectedCall(board.api);
  const [failed] = await failuresOf('bad');
  const [first] = receiver.at('/bad');
  expect(failed).toEqual({
    notificationId: first?.headers['webhook-id'],
    callId,
    attempts: 3,
    ...failure,
    failedAt: expect.any(String),
    event: first?.event,
  });
  expect(receiver.at('/bad')).toHaveLength(3);
  expect(receiver.at('/elsewhere')).toEqual([]);
});

test('a receiver that nobody can reach fails alike, and so does the URL of an operation', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  await subscribe('dead', ['CallConnected'], url);
  const asked = { targets: ['+14255550177'], callerId: '+14255550100', notifyUrl: `${url}?key=word`, context: 'mine' };
  const { body } = await board.api('POST', 'calls', asked);
  expect(await failuresOf('dead')).toMatchObject([{ reason: 'unreachable', attempts: 3, callId: body.callId }]);
  const failed = await failuresOf('notifyUrl', 2);
  expect(failed.every(({ reason }: { reason: string }) => reason === 'unreachable')).toBe(true);
  expect(failed[0].event.data).toMatchObject({ operationId: body.operationId, context: 'mine' });
});

test('neither a dead receiver nor many messages to it delay a call or another receiver', async () => {
  await subscribe('dead', []);
  await subscribe('quick', ['OperationSettled']);
  receiver.answer = ({ path }) => (path === '/dead' ? new Promise<number>(() => {}) : 204);
  const callIds = await Promise.all(Array.from({ length: 4 }, () => connectedCall(board.api)));
  await receiver.wait('/quick', (messages) => callIds.every((callId) => messages.some(isOf(callId))));
  const known = receiver.at('/quick').filter(({ event }) => callIds.includes(event.data.callId));
  expect(known.map(({ event }) => event.data.status)).toEqual(callIds.map(() => 'succeeded'));
});

test('a receiver that answers 410 wants no more: its webhook is disabled until it is put again', async () => {
  await subscribe('gone', ['CallConnected']);
  receiver.answer = () => 410;
  await connectedCall(board.api);
  expect(await failuresOf('gone')).toMatchObject([{ reason: 'gone', status: 410, attempts: 1 }]);
  const { body } = await board.api('GET', 'webhooks/gone');
  expect(body).toMatchObject({ enabled: false, disabledBy: 'receiver' });
  receiver.answer = () => 204;
  await connectedCall(board.api);
  await subscribe('gone', ['CallConnected']);
  const callId = await connectedCall(board.api);
  await receiver.wait('/gone', (messages) => messages.some(isOf(callId)));
  expect(receiver.at('/gone')).toHaveLength(2);
  expect((await board.api('GET', 'webhooks/gone')).body).not.toHaveProperty('disabledBy');
});

test('the URL of an operation that answers 410 is not asked again', async () => {
  receiver.answer = () => 410;
  const asked = { targets: ['+14255550177'], callerId: '+14255550100', notifyUrl: `${receiver.url}/operation` };
  const { body } = await board.api('POST', 'calls', asked);
  const isOfCall = ({ callId }: { callId: string }) => callId === body.callId;
  const failed = await eventually(
    async () => (await failuresOf('notifyUrl')).filter(isOfCall),
    ({ length }) => length > 0,
  );
  expect(failed[0]).toMatchObject({ reason: 'gone', attempts: 1 });
});

test('what waits for a webhook is dropped when the webhook is deleted', async () => {
  await subscribe('leaving', ['CallConnected']);
  receiver.answer = () => 500;
  await connectedCall(board.api);
  await receiver.wait('/leaving', ({ length }) => length > 0);
  await board.api('DELETE', 'webhooks/leaving');
  await eventually(
    async () => log.some((entry) => entry.includes('a webhook that is gone or disabled')),
    (isDropped) => isDropped,
  );
  expect(receiver.at('/leaving')).toHaveLength(1);
});

test('logs hold no secret, no URL of a receiver, no number and no payload', () => {
  const text = log.join('\n');
  expect(text).toContain('A receiver took a notification');
  expect(text).toContain('A notification was given up');
  for (const hidden of [secret, notifySecret, receiver.url, 'key=word', '+1425', 'publicEventType', '"mine"']) {
    expect(text.split('\n').filter((line) => line.includes(hidden))).toEqual([]);
  }
});
