/** A storage queue as the destination of events: made at the subscription, one event a message in base64. */

import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';

const [, queuesUrl = ''] = /QueueEndpoint=([^;]+)/.exec(inject('storage')) ?? [];
const eventTypes = ['Microsoft.Communication.IncomingCall'];
let stage: Stage;
let queues = 0;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

/** A queue that no other test has. */
function aQueue() {
  queues += 1;
  const name = `q${Date.now()}-${queues}`;
  return { endpoint: `${queuesUrl}/${name}`, client: new QueueClient(inject('storage'), name) };
}

const subscribe = (name: string, subscription: object) =>
  stage.emulator.control.put(`event-grid/subscriptions/${name}`, { endpointType: 'StorageQueue', ...subscription });
const incoming = () => stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER });

test('an event is one message: the event itself, in base64', async () => {
  const { endpoint, client } = aQueue();
  await subscribe('queue', { endpoint, eventTypes });
  await incoming();
  await stage.advance(0);

  const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: 32 });
  const events = receivedMessageItems.map(({ messageText }) =>
    JSON.parse(Buffer.from(messageText, 'base64').toString()),
  );
  expect(events).toMatchObject([{ eventType: eventTypes[0], data: { to: { rawId: `4:${APP_NUMBER}` } } }]);
});

test('a queue may have CloudEvents', async () => {
  const { endpoint, client } = aQueue();
  await subscribe('queue', { endpoint, eventTypes, eventDeliverySchema: 'CloudEventSchemaV1_0' });
  await incoming();
  await stage.advance(0);

  const { receivedMessageItems } = await client.receiveMessages();
  const [message = ''] = receivedMessageItems.map(({ messageText }) => Buffer.from(messageText, 'base64').toString());
  expect(JSON.parse(message)).toMatchObject({ specversion: '1.0', type: eventTypes[0] });
});

test('a queue that is gone is tried again after five minutes, as Azure does with its resources', async () => {
  const { endpoint, client } = aQueue();
  await subscribe('queue', { endpoint, eventTypes });
  await client.delete();
  await incoming();
  await stage.advance(299_999);
  await client.create();
  expect((await client.getProperties()).approximateMessagesCount).toBe(0);
  await stage.advance(1);
  expect((await client.getProperties()).approximateMessagesCount).toBe(1);
});

test.for([
  ['no URL', 'incoming-calls', /must be the http or https URL of a storage queue/],
  ['a name that no queue has', 'http://127.0.0.1:10001/devstoreaccount1/A_B', /must be the http or https URL/],
  ['an account without a key', 'https://contoso.queue.example.com/incoming-calls', /must carry a SAS/],
  ['unreachable storage', 'http://127.0.0.1:1/devstoreaccount1/incoming-calls', /could not be opened/],
] as const)('%s is refused', async ([, endpoint, message]) => {
  await expect(subscribe('queue', { endpoint })).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(message),
  });
  expect(await stage.emulator.control.get('event-grid/subscriptions')).toEqual({ subscriptions: [] });
});
