/** Finds messages by their text: in the queues of the app, and in their poison queues, from which no trigger takes any. */
import { type DequeuedMessageItem, RestError } from '@azure/storage-queue';
import { inStorageTime } from '../storage-time.ts';
import { failureOf } from './failure.ts';
import { appQueues, poisonQueueName, queueName, queueServiceOf } from './queues.ts';
import { type StorageSettings, timeoutMsOf } from './tables.ts';

type Matches = (text: string) => boolean;

export type QueueMessages = ReturnType<typeof openQueueMessages>;

/** The most messages that storage answers at once. */
const perRequest = 32;
/** Requests for one poison queue at a time (Switchboard's choice): the rest follows with the next pass. */
const mostRequests = 50;
/** How long a message that stays is hidden: longer than all requests for its queue take, after which it is shown again. */
const hiddenSeconds = 60;

/** Opens the queues. No request is made before the first use. */
export function openQueueMessages(settings: StorageSettings, tablePrefix: string) {
  const service = queueServiceOf(settings);

  async function ifThere<T>(request: (abortSignal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await inStorageTime(timeoutMsOf(settings), request);
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) {
        return undefined;
      }
      throw failureOf(error, 'Queue Storage');
    }
  }

  async function removePoison(name: string, isWanted: (message: DequeuedMessageItem) => boolean): Promise<number> {
    const queue = service.getQueueClient(name);
    let removed = 0;
    const hidden: DequeuedMessageItem[] = [];
    for (let requests = 0; requests < mostRequests; requests += 1) {
      const answer = await ifThere((abortSignal) =>
        queue.receiveMessages({ numberOfMessages: perRequest, visibilityTimeout: hiddenSeconds, abortSignal }),
      );
      const messages = answer?.receivedMessageItems ?? [];
      for (const { messageId, popReceipt } of messages.filter(isWanted)) {
        await ifThere((abortSignal) => queue.deleteMessage(messageId, popReceipt, { abortSignal }));
        removed += 1;
      }
      hidden.push(...messages.filter((one) => !isWanted(one)));
      if (messages.length === 0) {
        break;
      }
    }
    for (const { messageId, popReceipt } of hidden) {
      await ifThere((abortSignal) => queue.updateMessage(messageId, popReceipt, undefined, 0, { abortSignal }));
    }
    return removed;
  }

  async function removeAll(isWanted: (message: DequeuedMessageItem) => boolean): Promise<number> {
    let removed = 0;
    for (const queue of appQueues) {
      removed += await removePoison(poisonQueueName(tablePrefix, queue), isWanted);
    }
    return removed;
  }

  return {
    /** Removes the messages of all poison queues that match; how many. */
    removePoison: (matches: Matches): Promise<number> => removeAll(({ messageText }) => matches(decoded(messageText))),

    /** Removes the messages of all poison queues that have been there since before a time; how many. */
    removePoisonBefore: (time: string): Promise<number> =>
      removeAll(({ insertedOn }) => insertedOn.toISOString() < time),

    /** How many of the messages at the heads of the queues match: their triggers are about to take them. */
    async countPending(matches: Matches): Promise<number> {
      let pending = 0;
      for (const name of appQueues) {
        const queue = service.getQueueClient(queueName(tablePrefix, name));
        const answer = await ifThere((abortSignal) =>
          queue.peekMessages({ numberOfMessages: perRequest, abortSignal }),
        );
        pending += answer?.peekedMessageItems.filter((one) => matches(decoded(one.messageText))).length ?? 0;
      }
      return pending;
    },
  };
}

/** Queue triggers expect base64; a poison message may be anything. */
function decoded(text: string): string {
  return `${text}\n${Buffer.from(text, 'base64').toString()}`;
}
