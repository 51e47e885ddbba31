/** Event Grid push: handshake, filters, retries on the clock, dead letters, and the events of a call. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const subscribe = (name: string, more: object = {}) =>
  stage.emulator.control.put(`event-grid/subscriptions/${name}`, { endpoint: `${stage.app.url}/${name}`, ...more });
const incoming = (from = ANNA, to = APP_NUMBER) => stage.emulator.control.post('incoming-calls', { from, to });
const deadLetters = async () =>
  ((await stage.emulator.control.get('event-grid/dead-letters')) as { deadLetters: Record<string, unknown>[] })
    .deadLetters;

test('a subscription whose endpoint does not take part in the handshake is 400 and is not stored', async () => {
  await expect(subscribe('unwilling')).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('validationResponse'),
  });
  const endpoint = 'http://127.0.0.1:1/unreachable';
  await expect(subscribe('missing', { endpoint })).rejects.toMatchObject({ status: 400 });

  expect(await stage.emulator.control.get('event-grid/subscriptions')).toEqual({ subscriptions: [] });
});

test('a subscription is stored, listed, read, replaced and deleted', async () => {
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  await subscribe('app');
  const stored = {
    name: 'app',
    endpoint: `${stage.app.url}/app`,
    eventTypes,
    filters: {},
    eventDeliverySchema: 'EventGridSchema',
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
  };
  expect(await subscribe('app', { eventTypes })).toEqual(stored);
  expect(await stage.emulator.control.get('event-grid/subscriptions/app')).toEqual(stored);
  expect(await stage.emulator.control.get('event-grid/subscriptions')).toEqual({ subscriptions: [stored] });
  await stage.emulator.control.delete('event-grid/subscriptions/app');

  await expect(stage.emulator.control.get('event-grid/subscriptions/app')).rejects.toMatchObject({ status: 404 });
  await expect(stage.emulator.control.delete('event-grid/subscriptions/app')).rejects.toMatchObject({ status: 404 });
});

test('an event goes to the subscriptions whose types and filters take it', async () => {
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  const filter = (operatorType: string, key: string, value: string) => ({
    filters: { advancedFilters: [{ operatorType, key, values: [value] }] },
  });
  await subscribe('all');
  await subscribe('type', { eventTypes });
  await subscribe('other-type', { eventTypes: ['Microsoft.Communication.CallEnded'] });
  await subscribe('starts', { filters: { subjectBeginsWith: `/CALLER/4:${ANNA}` } });
  await subscribe('ends', { filters: { subjectEndsWith: BOB } });
  await subscribe('in', filter('StringIn', 'data.to.rawId', `4:${APP_NUMBER}`));
  await subscribe('contains', filter('StringContains', 'data.from.rawId', BOB));
  await subscribe('absent', filter('StringBeginsWith', 'data.nothing.here', 'x'));

  await incoming();
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ path }) => path)).toEqual(['/all', '/type', '/starts', '/in']);
});

test('an event that is not taken comes again after 10 s, 30 s, 1 min and 5 min', async () => {
  await subscribe('app');
  stage.app.answer = () => (stage.app.arrivals.length < 5 ? 500 : 200);
  await incoming();
  await stage.advance(0);
  const arrived = [stage.app.arrivals.length];
  for (const delayMs of [10_000, 30_000, 60_000, 300_000]) {
    await stage.advance(delayMs - 1);
    arrived.push(stage.app.arrivals.length);
    await stage.advance(1);
    arrived.push(stage.app.arrivals.length);
  }
  await stage.advance(24 * 3600 * 1000);

  expect(arrived).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5]);
  expect(stage.app.arrivals).toHaveLength(5);
  expect(new Set(stage.app.arrivals.map(({ event }) => event.id)).size).toBe(1);
  expect(stage.app.arrivals.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1', '2', '3', '4']);
  expect(await deadLetters()).toEqual([]);
});

test('an event that is never taken becomes a dead letter within a day', async () => {
  await subscribe('app');
  stage.app.answer = () => 500;
  await incoming();
  await stage.advance(25 * 3600 * 1000);

  expect(await deadLetters()).toMatchObject([
    {
      subscription: 'app',
      eventType: 'Microsoft.Communication.IncomingCall',
      deadLetterReason: 'TimeToLiveExceeded',
      deliveryAttempts: stage.app.arrivals.length,
      lastDeliveryOutcome: 'HTTP 500',
    },
  ]);
});

test.for([
  ['WebHook', 400],
  ['WebHook', 401],
  ['WebHook', 403],
  ['WebHook', 413],
  ['AzureFunction', 400],
  ['AzureFunction', 403],
  ['AzureFunction', 413],
] as const)('a %s that answers %d makes a dead letter at once', async ([endpointType, status]) => {
  await subscribe('app', { endpointType });
  stage.app.answer = () => status;
  await incoming();
  await stage.advance(3600 * 1000);

  expect(stage.app.arrivals).toHaveLength(1);
  expect(await deadLetters()).toMatchObject([{ deadLetterReason: 'UndeliverableDueToHttpError', deliveryAttempts: 1 }]);
});

test.for([
  ['WebHook', 404, 10],
  ['WebHook', 408, 120],
  ['WebHook', 503, 30],
  ['AzureFunction', 401, 300],
  ['AzureFunction', 404, 300],
  ['AzureFunction', 408, 120],
  ['AzureFunction', 500, 10],
] as const)('a %s that answers %d is tried again after %d s', async ([endpointType, status, afterSeconds]) => {
  await subscribe('app', { endpointType });
  stage.app.answer = () => status;
  await incoming();
  await stage.advance(0);
  await stage.advance(afterSeconds * 1000 - 1);
  expect(stage.app.arrivals).toHaveLength(1);
  await stage.advance(1);
  expect(stage.app.arrivals).toHaveLength(2);
});

test('an endpoint at the path of the Functions host is a function, unless it is said what it is', async () => {
  const endpoint = `${stage.app.url}/runtime/webhooks/EventGrid?functionName=app`;
  await subscribe('app', { endpoint });
  await subscribe('hook', { endpoint, endpointType: 'WebHook' });
  stage.app.answer = () => 401;
  await incoming();
  await stage.advance(300_000);

  expect(stage.app.arrivals).toHaveLength(3);
  expect(await deadLetters()).toMatchObject([{ subscription: 'hook' }]);
});

test('a function whose deliveries are refused for five minutes has the event after them', async () => {
  await subscribe('app', { endpointType: 'AzureFunction' });
  const fault = { match: 'IncomingCall', do: { deliveryStatus: 401 }, forMs: 300_000 };
  await stage.emulator.control.post('faults', fault);
  await incoming();
  await stage.advance(299_999);
  expect(stage.app.arrivals).toEqual([]);
  await stage.advance(1);
  expect(stage.app.kinds()).toEqual(['IncomingCall']);
});

test('users make CallStarted, CallParticipantAdded, -Removed and CallEnded, phones do not', async () => {
  await subscribe('app');
  const byPhone = await stage.connected(ANNA);
  await byPhone.hangUp(true);
  await stage.advance(0);
  expect(stage.app.arrivals.filter(({ path }) => path === '/app')).toEqual([]);

  const byUser = await stage.connected(USER);
  await byUser.hangUp(true);
  await stage.advance(0);

  // `connected` clears what arrived before it returned.
  const log = (await stage.emulator.control.get('log')) as {
    entries: { kind: string; event?: string; url?: string }[];
  };
  const raised = log.entries
    .filter(({ kind, url }) => kind === 'event' && url?.endsWith('/app'))
    .map(({ event }) => event);
  expect(raised).toEqual(['CallStarted', 'CallParticipantAdded', 'CallParticipantRemoved', 'CallEnded']);
  expect(stage.app.of('CallEnded')[0]?.event.data).toMatchObject({
    startedBy: { communicationIdentifier: { rawId: USER } },
    reason: { code: 200, subCode: 7000 },
    isRoomsCall: false,
  });
});

test('a call ends for its caller when it is rejected, and for no one when no one had joined', async () => {
  const eventTypes = ['CallStarted', 'CallEnded', 'IncomingCall'].map((kind) => `Microsoft.Communication.${kind}`);
  await subscribe('app', { eventTypes });
  await incoming(USER);
  await stage.advance(0);
  await stage.client.rejectCall(stage.app.of('IncomingCall')[0]?.event.data.incomingCallContext ?? '');
  await stage.advance(0);
  expect(stage.app.kinds()).toEqual(['CallStarted', 'IncomingCall', 'CallEnded']);

  const target = { targetParticipant: { communicationUserId: USER } };
  const { callConnection } = await stage.client.createCall(target, stage.callback);
  await callConnection.hangUp(true);
  await stage.advance(1000);
  expect(stage.app.kinds().slice(3)).toEqual(['CallDisconnected']);
});

test('subscriptions outlive a reset', async () => {
  await subscribe('app');
  await stage.emulator.control.post('reset');
  await incoming();
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['IncomingCall']);
});
