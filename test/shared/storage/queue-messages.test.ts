/** The search of the queues in a storage that refuses. */
import { expect, test } from 'vitest';
import { openQueueMessages } from '../../../shared/storage/queue-messages.ts';
import { refusingStorage } from './refusing-storage.ts';

test('queues that are not there have no messages, and a storage that refuses fails the search', async () => {
  const missing = openQueueMessages(await refusingStorage(() => ({ status: 404, code: 'QueueNotFound' })), 't');
  expect([await missing.removePoison(() => true), await missing.countPending(() => true)]).toEqual([0, 0]);
  const closed = openQueueMessages(await refusingStorage(() => ({ status: 403, code: 'AuthorizationFailure' })), 't');
  await expect(closed.removePoison(() => true)).rejects.toThrow('Queue Storage');
});
