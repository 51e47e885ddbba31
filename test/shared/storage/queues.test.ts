import { QueueClient } from '@azure/storage-queue';
import { expect, inject, test } from 'vitest';
import { openQueue, queueName } from '../../../shared/storage/queues.ts';

const settings = { connectionString: inject('storage') };

/** What a queue trigger would be given. */
async function messagesOf(name: string): Promise<unknown[]> {
  const { receivedMessageItems } = await new QueueClient(settings.connectionString, name).receiveMessages({
    numberOfMessages: 32,
  });
  return receivedMessageItems.map(({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString()));
}

test('a queue is made when it is first missed, and its messages are JSON in base64', async () => {
  const name = queueName(`T${Date.now()}`, 'notifications');
  const queue = openQueue(settings, name);
  await queue.send({ tea: 2 });
  await queue.send({ milk: 'ä' });
  expect(name).toMatch(/^t\d+notifications$/);
  expect(await messagesOf(name)).toEqual([{ tea: 2 }, { milk: 'ä' }]);
});

test('a message that is sent for later is not seen before', async () => {
  const name = queueName(`l${Date.now()}`, 'notifications');
  await openQueue(settings, name).send({ tea: 2 }, 600);
  expect(await messagesOf(name)).toEqual([]);
  expect((await new QueueClient(settings.connectionString, name).getProperties()).approximateMessagesCount).toBe(1);
});

test.each([undefined, '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'])(
  'queues are opened with a managed identity (client id %s) without a request',
  (clientId) => {
    const urlOf = (service: string) => `https://contoso.${service}.core.windows.net`;
    const serviceUrls = { blob: urlOf('blob'), queue: urlOf('queue'), table: urlOf('table') };
    expect(openQueue({ serviceUrls, clientId }, 'orders').send).toBeTypeOf('function');
  },
);

test('the sender learns that a queue service is unavailable', async () => {
  const nowhere = settings.connectionString.replace(/(?<=QueueEndpoint=http:\/\/)[^/]+/, '127.0.0.1:1');
  await expect(openQueue({ connectionString: nowhere }, 'orders').send({})).rejects.toThrow();
});
