import type { EventEmitter } from 'node:events';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let azurite: Azurite;
let host: Host;

beforeAll(async () => {
  azurite = await startAzurite();
  const settings = { AzureWebJobsStorage: azurite.connectionString, ORDERS_QUEUE: 'orders' };
  host = await startHost({ root: appRoot('queues'), log: log.sink, settings });
});
afterAll(async () => {
  await host.close();
  await azurite.stop();
});

const queue = (name: string) => new QueueClient(azurite.connectionString, name);
const send = (name: string, text: string) => queue(name).sendMessage(Buffer.from(text).toString('base64'));
const lengthOf = async (name: string) => (await queue(name).getProperties()).approximateMessagesCount;
type Seen = { order: unknown; metadata: Record<string, unknown> };
const orders = () => log.messagesOf('orders').map((line) => JSON.parse(line) as Seen);

it('creates the queues that are missing', async () => {
  expect(await queue('orders').exists()).toBe(true);
});

it('runs the function with the message, parsed when it is JSON, and its metadata', async () => {
  const { messageId } = await send('orders', '{"tea":2}');
  await send('orders', 'plain text');
  await log.executed('orders', 2);

  expect(orders()).toContainEqual(expect.objectContaining({ order: 'plain text' }));
  expect(orders().find(({ metadata }) => metadata.id === messageId)).toEqual({
    order: { tea: 2 },
    metadata: {
      queueTrigger: '{"tea":2}',
      id: messageId,
      dequeueCount: 1,
      popReceipt: expect.any(String),
      insertionTime: expect.stringMatching(/^\d{4}-.*Z$/),
      expirationTime: expect.any(String),
      nextVisibleTime: expect.any(String),
    },
  });
});

it('puts what a function outputs on a queue, an array as one message per element', async () => {
  const before = orders().length;

  const response = await fetch(`${host.url}/api/enqueue`, { method: 'POST', body: JSON.stringify([{ n: 1 }, 'two']) });
  await log.executed('orders', before + 2);

  expect(response.status).toBe(202);
  expect(
    orders()
      .slice(before)
      .map(({ order }) => order),
  ).toEqual(expect.arrayContaining([{ n: 1 }, 'two']));
});

it('gives a message up after maxDequeueCount attempts', async () => {
  const { messageId } = await send('failing', 'hopeless');
  await log.matching(({ message }) => message.includes(`Message ${messageId} failed 2 times`));
  await expect.poll(() => lengthOf('failing-poison')).toBe(1);
  const [poisoned] = (await queue('failing-poison').peekMessages()).peekedMessageItems;

  expect(Buffer.from(poisoned?.messageText ?? '', 'base64').toString()).toBe('hopeless');
  expect(log.entries.filter(({ functionName, level }) => functionName === 'failing' && level === 'error')).toHaveLength(
    2,
  );
  await expect.poll(() => lengthOf('failing')).toBe(0);
});

it('gives a message up at once when it is not base64', async () => {
  await queue('orders').sendMessage('not base64!');

  await expect.poll(() => queue('orders-poison').exists()).toBe(true);
  await expect.poll(() => lengthOf('orders-poison')).toBe(1);
});

it('runs a function by hand', async () => {
  const before = orders().length;
  const headers = { 'content-type': 'application/json' };

  const body = JSON.stringify({ input: '{"by":"hand"}' });
  const response = await fetch(`${host.url}/admin/functions/orders`, { method: 'POST', headers, body });
  await log.executed('orders', before + 1);

  expect(response.status).toBe(202);
  expect(orders().at(-1)?.order).toEqual({ by: 'hand' });
});

it('works on the messages of a batch side by side, and lets them finish before it closes', async () => {
  const bus: EventEmitter = process;
  await Promise.all(['one', 'two', 'three'].map((text) => send('slow', text)));
  await log.matching(({ category }) => category === 'Function.slow.User', 3);

  const closed = host.close();
  bus.emit('release');
  await closed;

  expect((await log.executed('slow', 3)).every(({ message }) => message.includes('Succeeded'))).toBe(true);
  expect(await lengthOf('slow')).toBe(0);
});
