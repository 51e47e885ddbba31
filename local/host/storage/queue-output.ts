/** Queue outputs: what a function returns or sets goes to a storage queue, an array as one message per element. */

import type { TypedData } from '../app/rpc.ts';
import type { OutputKind } from '../output-kind.ts';
import { openQueue } from './queue-client.ts';
import { encodeMessage } from './queue-text.ts';

export const queueOutput: OutputKind = {
  type: 'queue',
  async open(fn, binding, { queues }) {
    const queue = await openQueue(fn.name, binding);
    return async (data) => {
      for (const message of messagesIn(data)) {
        await queue.sendMessage(encodeMessage(message, queues.messageEncoding));
      }
    };
  },
};

/** The messages that a value stands for: texts and bytes as they are, anything else as JSON. */
export function messagesIn(data: TypedData): (string | Uint8Array)[] {
  if (data.bytes !== undefined) {
    return [data.bytes];
  }
  if (data.json === undefined) {
    return [data.string ?? String(data.int ?? data.double)];
  }
  const value: unknown = JSON.parse(data.json);
  if (!Array.isArray(value)) {
    return [data.json];
  }
  return value.map((element) => (typeof element === 'string' ? element : JSON.stringify(element)));
}
