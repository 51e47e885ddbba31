/** A queue message as a function gets it. */

import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { TriggerInput } from '../app/invocations.ts';
import type { Binding, TypedData } from '../app/rpc.ts';

/** Text, which the library parses when it is JSON; bytes for a binding of dataType `binary`. */
export function messageData(content: Buffer, { dataType }: Binding): TypedData {
  return dataType === 'binary' ? { bytes: content } : { string: content.toString() };
}

/** Content and metadata under the names of Azure's queue extension (`dequeueCount`, `id`, `popReceipt` …). */
export function messageInput(message: DequeuedMessageItem, content: Buffer, trigger: Binding): TriggerInput {
  const metadata = {
    QueueTrigger: content.toString(),
    Id: message.messageId,
    PopReceipt: message.popReceipt,
    DequeueCount: message.dequeueCount,
    InsertionTime: message.insertedOn,
    ExpirationTime: message.expiresOn,
    NextVisibleTime: message.nextVisibleOn,
  };
  return {
    data: messageData(content, trigger),
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, { json: JSON.stringify(value) }]),
    ),
    reason: 'Queue message',
  };
}
