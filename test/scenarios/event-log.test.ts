/** The log of events over all calls: what a subscriber reads after an outage of its own. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { endedCall, logged, loggedOf, loggedWith, shortLog, shortName } from '../support/event-log.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { fault } from '../support/wire.ts';
import { costOfEvent, isOf, type SubscribedBoard, startSubscribedBoard, subscribe, unsubscribe } from './receivers.ts';

const test = ownHostOnly('logs the events of its own calls');

const now = () => new Date().toISOString();
let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({ ...shortLog, NOTIFY_CACHE_SECONDS: '0' });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));
afterEach(async () => {
  await unsubscribe(board);
});

test('events are listed in their order, as webhooks get them, whether one is subscribed or not', async () => {
  const unsubscribed = await endedCall(board);
  await subscribe(board, 'all', []);
  const callId = await endedCall(board);
  const listed = await loggedOf(board, callId);
  const sent = (await board.receiver.wait('/all', (all) => all.filter(isOf(callId)).length >= listed.length)).filter(
    isOf(callId),
  );
  const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
  expect(listed.toSorted(byId)).toEqual(sent.map(({ event }) => event).toSorted(byId));
  const names = listed.map(shortName);
  expect(names.indexOf('CallConnected')).toBeLessThan(names.indexOf('CallDisconnected'));
  expect(names.filter((name) => name === 'OperationSettled')).toHaveLength(2);
  expect((await loggedOf(board, unsubscribed)).map(shortName).toSorted()).toEqual(names.toSorted());
});

test('a masked recognition is logged without the digits that its notifyUrl gets', async () => {
  const participant = '+14255550179';
  await board.emulator.control.put(`parties/${participant}`, { then: [{ onListening: { press: '1234' } }] });
  const callId = await connectedCall(board.api, [participant]);
  const notifyUrl = `${board.receiver.url}/masked-own`;
  const input = { participant, input: 'dtmf', maxTones: 4, masked: true, prompt: { text: 'Your PIN?' }, notifyUrl };
  await board.api('POST', `calls/${callId}/media/recognize`, input, { prefer: 'wait=20' });
  const listed = await loggedWith(board, callId, 'RecognizeCompleted');
  const recognized = listed.find((event) => shortName(event) === 'RecognizeCompleted');
  const own = await board.receiver.wait('/masked-own', (all) => all.some(({ event }) => event.id === recognized?.id));
  expect(own.find(({ event }) => event.id === recognized?.id)?.event.data.dtmfResult).toMatchObject({
    tones: ['one', 'two', 'three', 'four'],
  });
  expect(recognized?.data.dtmfResult).toEqual({ masked: true });
});

test('events are filtered by their type, by its short name or in full', async () => {
  const callId = await endedCall(board);
  const found = await logged(board, { type: 'CallDisconnected' });
  expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['Microsoft.Communication.CallDisconnected']));
  expect(found.at(-1)?.source).toBe(`/calls/${callId}`);
  expect(await logged(board, { type: 'Microsoft.Communication.CallDisconnected', limit: '1' })).toEqual(found);
  expect(await logged(board, { type: 'Nothing' })).toEqual([]);
});

test('what was logged after an event or after a time is listed, and an unknown id is refused', async () => {
  const first = await endedCall(board);
  const between = now();
  const second = await endedCall(board);
  const [last] = (await loggedOf(board, first)).slice(-1);
  const later = await logged(board, { after: String(last?.id) });
  expect(later.filter(({ source }) => source.endsWith(first))).toEqual([]);
  expect(later.filter(({ source }) => source.endsWith(second))).toEqual(await loggedOf(board, second));
  const since = await logged(board, { after: between });
  expect(since.filter(({ source }) => source.endsWith(second))).toEqual(await loggedOf(board, second));
  expect(await logged(board, { after: now() })).toEqual([]);
  for (const after of ['unknown', '', '2026-13-01T00:00:00Z', 'x'.repeat(2000), '~']) {
    const { problem, fields } = problemIn(await board.api('GET', `events?${new URLSearchParams({ after })}`));
    expect({ after, problem, fields }).toEqual({ after, problem: '422 invalidInput', fields: ['after'] });
  }
});

test('an event that ACS sends twice is logged once', async () => {
  await fault(board, 'CallConnected', { duplicateEvent: true });
  const callId = await endedCall(board);
  expect((await loggedOf(board, callId)).filter((event) => shortName(event) === 'CallConnected')).toHaveLength(1);
});

test('an event that is logged costs a transaction more, and another one where no webhook has an outbox', async () => {
  const callId = await connectedCall(board.api);
  await loggedWith(board, callId, 'OperationSettled');
  expect(await costOfEvent(board, callId)).toMatchObject({ transactions: 4, messages: 0 });
  await subscribe(board, 'one', []);
  const { event, type, ...cost } = await costOfEvent(board, callId);
  expect(cost).toEqual({ transactions: 4, messages: 1 });
  const listed = await eventually(
    () => loggedOf(board, callId),
    (events) => events.some(({ id }) => id === event.id),
  );
  expect(listed.at(-1)).toMatchObject({ id: event.id, type, data: { novelty: 7, callId } });
});
