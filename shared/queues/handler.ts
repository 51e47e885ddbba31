/** Handles queue messages: one that does not match its schema is moved to the poison queue at once. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import { ZodError } from 'zod';
import type { App, Invocation } from '../app.ts';
import { reasonOf } from '../refused-events.ts';
import type { AppQueue } from '../storage/queues.ts';

/** A queue of the app: how its messages are read, and what is done with one. */
export interface Consumer<Message> {
  readonly queue: AppQueue;
  /** Throws a ZodError when it is no message of this queue. */
  readonly read: (received: unknown) => Message;
  /** Throws when the message is to be delivered again. */
  readonly take: (invocation: Invocation, message: Message, context: InvocationContext) => Promise<void>;
}

/**
 * The handler of a queue trigger. The host would retry an invalid message five times before it moves it to the poison
 * queue, although each attempt fails in the same way, and would not log the reason.
 */
export function queueHandler<Message>(app: App, { queue, read, take }: Consumer<Message>): StorageQueueHandler {
  return async (received, context) => {
    const invocation = app.during(context);
    const message = readOrReason(read, received);
    if ('reason' in message) {
      await invocation.poison[queue](textOf(received));
      invocation.ledger.log.queueMessageInvalid({ queue, messageId: String(context.triggerMetadata?.id), ...message });
      return;
    }
    await take(invocation, message.value, context);
  };
}

/** The reason names JSON paths and what was expected there, never values of the message. */
function readOrReason<Message>(
  read: Consumer<Message>['read'],
  received: unknown,
): { value: Message } | { reason: string } {
  try {
    return { value: read(received) };
  } catch (error) {
    if (error instanceof ZodError) {
      return { reason: reasonOf(error) };
    }
    throw error;
  }
}

/** The text of the message: the worker has parsed it where it is JSON. */
function textOf(received: unknown): string {
  return typeof received === 'string' ? received : JSON.stringify(received);
}
