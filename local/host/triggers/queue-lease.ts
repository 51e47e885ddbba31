/** Keeps a queue message hidden for as long as its function runs. */

import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { systemClock } from '../clock.ts';

export interface Lease {
  /** Stops extending; resolves to the pop receipt that is valid now. Rejects when an extension had failed. */
  end(): Promise<string>;
}

/** Extends the message's invisibility to `leaseSeconds` from now, each time half of it has passed. */
export function holdLease(
  queue: QueueClient,
  { messageId, popReceipt }: DequeuedMessageItem,
  leaseSeconds: number,
): Lease {
  const ended = new AbortController();
  const extended = (async () => {
    let receipt = popReceipt;
    while (await systemClock.sleep((leaseSeconds * 1000) / 2, ended.signal)) {
      receipt = (await queue.updateMessage(messageId, receipt, undefined, leaseSeconds)).popReceipt ?? receipt;
    }
    return receipt;
  })();
  // A failed extension is reported by end(), which the caller awaits once the function has run.
  extended.catch(() => {});
  return {
    end() {
      ended.abort();
      return extended;
    },
  };
}
