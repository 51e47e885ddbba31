/** Clients of storage queues, by the connection that a binding names. */

import type { QueueClient } from '@azure/storage-queue';
import type { Binding } from '../app/rpc.ts';
import { HostError, messageOf } from '../errors.ts';
import { connectionString } from '../settings/references.ts';

/** How long one request may take. */
const requestTimeoutMs = 30_000;

/** A client of the queue that a function's binding names; the queue is created when it is missing. */
export async function openQueue(functionName: string, { queueName, connection }: Binding): Promise<QueueClient> {
  if (typeof queueName !== 'string' || queueName === '') {
    throw new HostError(`Function "${functionName}" has a queue binding without queueName.`);
  }
  const queue = await clientOf(functionName, connectionString(functionName, connection), queueName);
  try {
    await queue.createIfNotExists();
  } catch (error) {
    throw new HostError(
      `Function "${functionName}" could not open the queue "${queueName}" at ${new URL(queue.url).origin}: ` +
        `${messageOf(error)} Is the storage emulator running?`,
      { cause: error },
    );
  }
  return queue;
}

/** The poison queue of a queue; a poison queue has none. */
export async function poisonQueueOf(
  queue: QueueClient,
  functionName: string,
  connection: unknown,
): Promise<QueueClient | undefined> {
  if (queue.name.endsWith('-poison')) {
    return undefined;
  }
  return clientOf(functionName, connectionString(functionName, connection), `${queue.name}-poison`);
}

/** Loads the storage SDK only here: it would more than double the start of an app without queues. */
async function clientOf(functionName: string, connection: string, queueName: string): Promise<QueueClient> {
  const storage = await import('@azure/storage-queue');
  try {
    return new storage.QueueClient(connection, queueName, {
      retryOptions: { maxTries: 2, retryDelayInMs: 500, tryTimeoutInMs: requestTimeoutMs },
    });
  } catch (error) {
    throw new HostError(`Function "${functionName}" has no usable storage connection string: ${messageOf(error)}`);
  }
}
