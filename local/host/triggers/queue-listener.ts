/** Polls one storage queue: takes messages in batches, runs the function for each, then deletes, retries or moves it to the poison queue. */

import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { AppFunction } from '../app/function.ts';
import { systemClock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { decodeMessage } from '../storage/queue-text.ts';
import { holdLease, type Lease } from './queue-lease.ts';
import { messageInput } from './queue-message.ts';
import type { TriggerHost } from './trigger.ts';

/** The wait after a first empty poll; each further one doubles it. */
const shortestDelayMs = 100;
/** How long a message is hidden while its function runs; extended for as long as that takes. */
const leaseSeconds = 600;

export class QueueListener {
  readonly #fn: AppFunction;
  readonly #queue: QueueClient;
  readonly #poison: QueueClient | undefined;
  readonly #host: TriggerHost;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(fn: AppFunction, queue: QueueClient, poison: QueueClient | undefined, host: TriggerHost) {
    this.#fn = fn;
    this.#queue = queue;
    this.#poison = poison;
    this.#host = host;
  }

  /** Polls until `signal` aborts, then waits for the messages at work. */
  async run(signal: AbortSignal): Promise<void> {
    const { newBatchThreshold, maxPollingIntervalMs } = this.#host.config.queues;
    let delayMs = shortestDelayMs;
    while (!signal.aborted) {
      const messages = await this.#receive();
      for (const message of messages) {
        this.#begin(message);
      }
      if (messages.length === 0) {
        await systemClock.sleep(delayMs, signal);
      }
      delayMs = messages.length === 0 ? Math.min(delayMs * 2, maxPollingIntervalMs) : shortestDelayMs;
      while (this.#inFlight.size > newBatchThreshold) {
        await Promise.race(this.#inFlight);
      }
    }
    await Promise.all(this.#inFlight);
  }

  /** A poll that fails counts as an empty one: the next comes after the back-off. */
  async #receive(): Promise<DequeuedMessageItem[]> {
    try {
      const numberOfMessages = this.#host.config.queues.batchSize;
      const polled = await this.#queue.receiveMessages({ numberOfMessages, visibilityTimeout: leaseSeconds });
      return polled.receivedMessageItems;
    } catch (error) {
      this.#warn(`Could not poll the queue "${this.#queue.name}": ${messageOf(error)}`);
      return [];
    }
  }

  #begin(message: DequeuedMessageItem): void {
    const lease = holdLease(this.#queue, message, leaseSeconds);
    const working = this.#process(message, lease)
      .catch((error) => this.#warn(`A message of "${this.#queue.name}" will come again: ${messageOf(error)}`))
      .finally(() => this.#inFlight.delete(working));
    this.#inFlight.add(working);
  }

  async #process(message: DequeuedMessageItem, lease: Lease): Promise<void> {
    const { maxDequeueCount, retryDelayMs, messageEncoding } = this.#host.config.queues;
    const { messageId, messageText, dequeueCount } = message;
    const content = decodeMessage(messageText, messageEncoding);
    const succeeded =
      content !== undefined && dequeueCount <= maxDequeueCount && (await this.#succeeds(message, content));
    const popReceipt = await lease.end();
    const isHopeless = content === undefined || dequeueCount >= maxDequeueCount;
    const poison = isHopeless ? this.#poison : undefined;
    if (!succeeded && poison === undefined) {
      await this.#queue.updateMessage(messageId, popReceipt, undefined, Math.ceil(retryDelayMs / 1000));
      return;
    }
    if (!succeeded && poison !== undefined) {
      await this.#moveToPoison(message, poison);
    }
    await this.#queue.deleteMessage(messageId, popReceipt);
  }

  /** Why a function did not succeed is in the log of its invocation. */
  #succeeds(message: DequeuedMessageItem, content: Buffer): Promise<boolean> {
    return this.#host.invoke(this.#fn, messageInput(message, content, this.#fn.trigger)).then(
      () => true,
      () => false,
    );
  }

  async #moveToPoison(message: DequeuedMessageItem, poison: QueueClient): Promise<void> {
    this.#warn(`Message ${message.messageId} failed ${message.dequeueCount} times and goes to "${poison.name}".`);
    await poison.createIfNotExists();
    await poison.sendMessage(message.messageText);
  }

  #warn(message: string): void {
    this.#host.log('warning', 'Host.Queues', message, { functionName: this.#fn.name });
  }
}
