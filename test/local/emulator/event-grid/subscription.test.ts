/** Event Grid subscriptions: their retry policy, their end and replacement, and their schema. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const subscribe = (name: string, more: object = {}) =>
  stage.emulator.control.put(`event-grid/subscriptions/${name}`, { endpoint: `${stage.app.url}/${name}`, ...more });
const incoming = () => stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER });
const deadLetters = async () =>
  ((await stage.emulator.control.get('event-grid/dead-letters')) as { deadLetters: object[] }).deadLetters;

test('a subscription with three attempts makes a dead letter after the third', async () => {
  await subscribe('app', { retryPolicy: { maxDeliveryAttempts: 3 } });
  stage.app.answer = () => 500;
  await incoming();
  await stage.advance(3600 * 1000);

  expect(stage.app.arrivals).toHaveLength(3);
  expect(await deadLetters()).toMatchObject([{ deadLetterReason: 'MaxDeliveryAttemptsExceeded', deliveryAttempts: 3 }]);
});

test('an event that lives for two minutes is not delivered later', async () => {
  await subscribe('app', { retryPolicy: { eventTimeToLiveInMinutes: 2 } });
  stage.app.answer = () => 500;
  await incoming();
  await stage.advance(3600 * 1000);

  // At 0, 10, 40 and 100 seconds; the next attempt would be after five minutes more.
  expect(stage.app.arrivals).toHaveLength(4);
  expect(await deadLetters()).toMatchObject([{ deadLetterReason: 'TimeToLiveExceeded', deliveryAttempts: 4 }]);
});

test.for([
  { maxDeliveryAttempts: 0 },
  { maxDeliveryAttempts: 31 },
  { eventTimeToLiveInMinutes: 0 },
  { eventTimeToLiveInMinutes: 1441 },
])('the retry policy %o is refused, as Event Grid refuses it', async (retryPolicy) => {
  await expect(subscribe('app', { retryPolicy })).rejects.toMatchObject({ status: 400 });
});

test('a subscription that is deleted delivers nothing more, not even under a name that is taken again', async () => {
  await subscribe('app');
  stage.app.answer = () => 500;
  await incoming();
  await stage.advance(0);
  await stage.emulator.control.delete('event-grid/subscriptions/app');
  await stage.advance(10_000);
  await subscribe('app');
  await stage.advance(24 * 3600 * 1000);

  expect(stage.app.arrivals).toHaveLength(1);
  expect(await deadLetters()).toEqual([]);
});

test('a subscription that is replaced delivers what waits to its new endpoint', async () => {
  await subscribe('app');
  stage.app.answer = () => 500;
  await incoming();
  await stage.advance(0);
  await subscribe('app', { endpoint: `${stage.app.url}/moved` });
  await stage.advance(10_000);

  expect(stage.app.arrivals.map(({ path }) => path)).toEqual(['/app', '/moved']);
});

const cloudEvents = { eventDeliverySchema: 'CloudEventSchemaV1_0' };

test('a subscription may have CloudEvents: one event, not in a list', async () => {
  await subscribe('app', cloudEvents);
  await incoming();
  await stage.advance(0);

  const [arrival] = stage.app.arrivals;
  expect(arrival).toMatchObject({
    kind: 'IncomingCall',
    batch: 0,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-delivery-count': '0',
    },
  });
  expect(arrival?.event).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    source: expect.stringContaining('/providers/Microsoft.Communication/communicationServices/'),
    specversion: '1.0',
    type: 'Microsoft.Communication.IncomingCall',
    subject: `/caller/4:${ANNA}/recipient/4:${APP_NUMBER}`,
    time: expect.any(String),
    data: expect.objectContaining({ incomingCallContext: expect.any(String) }),
  });
});

test('an endpoint of CloudEvents that does not allow the origin of Event Grid is 400', async () => {
  await expect(subscribe('unwilling', cloudEvents)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('WebHook-Allowed-Origin'),
  });
});
