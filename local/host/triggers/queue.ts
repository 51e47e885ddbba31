/** Storage queue triggers, on Azurite or a real account. */

import { openQueue, poisonQueueOf } from '../storage/queue-client.ts';
import { QueueListener } from './queue-listener.ts';
import { messageData } from './queue-message.ts';
import type { TriggerKind } from './trigger.ts';

export const queueTrigger: TriggerKind = {
  type: 'queueTrigger',
  honoursRetry: false,
  async start(fn, host) {
    const queue = await openQueue(fn.name, fn.trigger);
    const poison = await poisonQueueOf(queue, fn.name, fn.trigger.connection);
    const stopped = new AbortController();
    const running = new QueueListener(fn, queue, poison, host).run(stopped.signal);
    return {
      inputFromText: (text) => ({ data: messageData(Buffer.from(text), fn.trigger) }),
      async stop() {
        stopped.abort();
        await running;
      },
    };
  },
};
