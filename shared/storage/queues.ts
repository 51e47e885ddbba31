/** The queues of the app: what shall be done later, and be tried again. */
import { QueueServiceClient, RestError } from '@azure/storage-queue';
import { credentialOf } from '../credential.ts';
import type { StorageSettings } from './tables.ts';

/** One queue, created when it is first missed. */
export interface Queue<Message> {
  /** Puts a message on the queue, to be seen after a while. Throws when storage does not take it in time. */
  send(message: Message, visibleInSeconds?: number): Promise<void>;
}

/** Impatient, because a caller waits: what cannot be sent now is found again by housekeeping. */
const retryOptions = { maxTries: 2, retryDelayInMs: 200, tryTimeoutInMs: 2000 };

/** Azure takes lower-case names only. */
export function queueName(tablePrefix: string, name: string): string {
  return `${tablePrefix.toLowerCase()}${name}`;
}

/** Opens a queue of the app, whose messages are JSON in base64, as queue triggers expect. No request is made before the first use. */
export function openQueue<Message>(settings: StorageSettings, name: string): Queue<Message> {
  const queue = serviceOf(settings).getQueueClient(name);
  return {
    async send(message, visibleInSeconds = 0) {
      const text = Buffer.from(JSON.stringify(message)).toString('base64');
      const send = () => queue.sendMessage(text, { visibilityTimeout: visibleInSeconds });
      try {
        await send();
      } catch (error) {
        if (!(error instanceof RestError) || error.code !== 'QueueNotFound') {
          throw error;
        }
        await queue.createIfNotExists();
        await send();
      }
    },
  };
}

function serviceOf(settings: StorageSettings): QueueServiceClient {
  return 'connectionString' in settings
    ? QueueServiceClient.fromConnectionString(settings.connectionString, { retryOptions })
    : new QueueServiceClient(settings.serviceUrls.queue, credentialOf(settings.clientId), { retryOptions });
}
