/** The queues of the app: deferred work with retries. */
import { QueueServiceClient, RestError } from '@azure/storage-queue';
import { credentialOf } from '../credential.ts';
import { inStorageTime } from '../storage-time.ts';
import { failureOf } from './failure.ts';
import { type StorageSettings, timeoutMsOf } from './tables.ts';

/** One queue, created at its first use. */
export interface Queue<Message> {
  /** Puts a message on the queue, to be seen after a while. Throws when storage does not accept it in time. */
  send(message: Message, visibleInSeconds?: number): Promise<void>;
}

/** The queues that have a trigger. The host moves a message that fails five times to the one that ends with `-poison`. */
export const appQueues = ['incoming-calls', 'call-events', 'recording-files', 'notifications'] as const;

export type AppQueue = (typeof appQueues)[number];

/** Few and short retries, because a caller waits: housekeeping sends what could not be queued. */
const retryOptions = { maxTries: 2, retryDelayInMs: 200 };

/** The part of the time for storage that one message may take: the tables need the rest, and can do without the queue. */
const share = 1 / 4;

/** The name of a queue in this environment. Azure accepts lower-case names only. */
export function queueName(tablePrefix: string, name: AppQueue): string {
  return `${tablePrefix.toLowerCase()}${name}`;
}

/** The name of the poison queue of a queue. */
export function poisonQueueName(tablePrefix: string, name: AppQueue): string {
  return `${queueName(tablePrefix, name)}-poison`;
}

/** Opens a queue of the app, whose messages are JSON. No request is made before the first use. */
export function openQueue<Message>(settings: StorageSettings, name: string): Queue<Message> {
  const send = openTextQueue(settings, name);
  return { send: (message, visibleInSeconds) => send(JSON.stringify(message), visibleInSeconds) };
}

/** Opens a queue for text as it is. In base64, as queue triggers expect. No request is made before the first use. */
export function openTextQueue(
  settings: StorageSettings,
  name: string,
): (text: string, visibleInSeconds?: number) => Promise<void> {
  const queue = queueServiceOf(settings).getQueueClient(name);
  return async (text, visibleInSeconds = 0) => {
    const encoded = Buffer.from(text).toString('base64');
    const send = (abortSignal: AbortSignal) =>
      queue.sendMessage(encoded, { visibilityTimeout: visibleInSeconds, abortSignal });
    try {
      await inStorageTime(timeoutMsOf(settings) * share, (abortSignal) =>
        send(abortSignal).catch(async (error) => {
          if (!(error instanceof RestError) || error.code !== 'QueueNotFound') {
            throw error;
          }
          await queue.createIfNotExists({ abortSignal });
          return send(abortSignal);
        }),
      );
    } catch (error) {
      throw failureOf(error, 'Queue Storage');
    }
  };
}

/** Makes a check whether the queue service answers for a queue of the app, whether or not that is there yet. */
export function isThereQueue(settings: StorageSettings, tablePrefix: string): () => Promise<boolean> {
  const queue = queueServiceOf(settings).getQueueClient(queueName(tablePrefix, 'notifications'));
  return () => inStorageTime(timeoutMsOf(settings), (abortSignal) => queue.exists({ abortSignal }));
}

/** The client of the queues. */
export function queueServiceOf(settings: StorageSettings): QueueServiceClient {
  return 'connectionString' in settings
    ? QueueServiceClient.fromConnectionString(settings.connectionString, { retryOptions })
    : new QueueServiceClient(settings.serviceUrls.queue, credentialOf(settings.clientId), { retryOptions });
}
