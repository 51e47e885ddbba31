/** Webhooks: who is notified of what, and how often. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { connectedCall } from '../support/calls.ts';
import { dialIn } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Delivered, verified } from '../support/webhook-receiver.ts';
import { callbacksOf, fault } from '../support/wire.ts';
import {
  costOfEvent,
  isOf,
  type SubscribedBoard,
  secret,
  startSubscribedBoard,
  subscribe,
  unsubscribe,
} from './receivers.ts';

const test = ownHostOnly('starts the app with a secret for notifications, and counts its requests to storage');

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));
afterEach(() => unsubscribe(board));

const names = (messages: readonly Delivered[]) => messages.map(({ event }) => event.type.replace(/^.*\./, ''));

test('a webhook is notified of every event of every call that it wants, signed, and of no other', async () => {
  await subscribe(board, 'all', []);
  await subscribe(board, 'some', ['CallConnected', 'OperationSettled']);
  await board.api('PUT', 'webhooks/off', { url: `${board.receiver.url}/off`, secret, eventTypes: [], enabled: false });
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, { context: 'bye' }, { prefer: 'wait=20' });
  const raised = (await callbacksOf(board, callId)).flat() as { id: string; type: string; data: object }[];
  const isWhole = (messages: Delivered[]) => messages.filter(isOf(callId)).length >= raised.length + 2;
  const all = (await board.receiver.wait('/all', isWhole)).filter(isOf(callId));
  for (const { id, type, data } of raised) {
    const sent = all.filter(({ event }) => event.id === id);
    expect(sent.map(({ event }) => ({ type: event.type, data: event.data }))).toEqual([
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
  const some = await board.receiver.wait('/some', (messages) => messages.filter(isOf(callId)).length >= 3);
  expect(names(some.filter(isOf(callId))).sort()).toEqual(['CallConnected', 'OperationSettled', 'OperationSettled']);
  expect(board.receiver.at('/off')).toEqual([]);
});

test('subscribers are notified of a ringing call, without what ACS needs to answer it', async () => {
  await subscribe(board, 'ring', ['IncomingCall']);
  const { incomingCallId } = await dialIn(board, {
    to: '+14255550100',
    customContext: { sipHeaders: { userToUser: '616d;encoding=hex' } },
  });
  const [message] = await board.receiver.wait('/ring', ({ length }) => length > 0);
  expect(message?.event).toMatchObject({
    type: 'Switchboard.IncomingCall',
    data: {
      incomingCallId,
      status: 'ringing',
      to: '+14255550100',
      customContext: [{ kind: 'sipuui', key: 'User-To-User', value: '616d;encoding=hex' }],
    },
  });
  expect(message?.body).not.toContain('"context"');
});

test('subscribers are notified of a recording when its files are in the archive', async () => {
  await subscribe(board, 'files', ['RecordingArchived', 'RecordingFailed']);
  const callId = await connectedCall(board.api);
  const { body } = await board.api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  await board.api('POST', `recordings/${recordingId}/stop`, {});
  const [message, ...more] = await board.receiver.wait('/files', ({ length }) => length > 0);
  const { body: recording } = await board.api('GET', `recordings/${recordingId}`);
  expect(message?.event).toMatchObject({ type: 'Switchboard.RecordingArchived', id: `${recordingId}-archived` });
  expect(message?.event.data).toEqual(recording);
  expect(more).toEqual([]);
});

test('an event about a participant names it by the id of the roster, and an operation that failed has its reason', async () => {
  await subscribe(board, 'people', ['AddParticipantFailed', 'OperationSettled']);
  const busy = '+14255550166';
  await board.emulator.control.put(`parties/${encodeURIComponent(busy)}`, { onRing: 'busy' });
  const callId = await connectedCall(board.api);
  const path = `calls/${callId}/participants`;
  const added = await board.api('POST', path, { target: busy, callerId: '+14255550100' }, { prefer: 'wait=20' });
  const isOfAdd = ({ event }: Delivered) => event.data.operationId === added.body.operationId;
  const messages = (await board.receiver.wait('/people', (all) => all.filter(isOfAdd).length === 2)).filter(isOfAdd);
  const { roster } = (await board.api('GET', `calls/${callId}`)).body;
  const { participantId } = roster.find((one: { participant: string }) => one.participant === busy);
  const dataOf = (type: string) => messages.find(({ event }) => event.type === type)?.event.data;
  expect(dataOf('Microsoft.Communication.AddParticipantFailed')).toMatchObject({ participantId });
  expect(dataOf('Switchboard.OperationSettled')).toMatchObject({
    status: 'failed',
    requestedBy: { kind: 'api' },
    reason: 'busy',
    error: { acsCode: expect.any(Number), acsSubCode: expect.any(Number) },
  });
});

test('an event that ACS sends twice is notified once', async () => {
  await subscribe(board, 'twice', ['CallConnected']);
  await fault(board, 'CallConnected', { duplicateEvent: true });
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  await subscribe(board, 'after', ['CallDisconnected']);
  await board.receiver.wait('/twice', ({ length }) => length > 0);
  expect(board.receiver.at('/twice')).toHaveLength(1);
});

test('an event costs a transaction more and a message for each receiver when it has subscribers, and nothing when it has none', async () => {
  const callId = await connectedCall(board.api);
  await subscribe(board, 'others', ['CallConnected']);
  expect(await costOfEvent(board, callId)).toMatchObject({ transactions: 2, messages: 0 });
  await subscribe(board, 'one', []);
  await subscribe(board, 'two', []);
  const { type, event, ...cost } = await costOfEvent(board, callId);
  expect(cost).toEqual({ transactions: 3, messages: 2 });
  const [message] = await board.receiver.wait('/one', (messages) => messages.some(isOf(callId)));
  expect(message?.event).toMatchObject({ id: event.id, type, data: { novelty: 7, callId } });
});

test('while no audit trail is kept, as in local mode, its endpoints say so', async () => {
  board.storage.take();
  for (const path of ['audit', 'audit/export']) {
    expect(problemIn(await board.api('GET', path))).toMatchObject({ problem: '404 auditOff' });
  }
  expect(board.storage.take()).toEqual([]);
});

test('while events are not logged, their list says so, and no request to storage is made for it', async () => {
  const callId = await connectedCall(board.api);
  expect(await costOfEvent(board, callId)).toMatchObject({ transactions: 2, messages: 0 });
  board.storage.take();
  expect(problemIn(await board.api('GET', 'events'))).toMatchObject({ problem: '404 eventLogOff' });
  expect(board.storage.take()).toEqual([]);
});
