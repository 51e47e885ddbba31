import { expect, test } from 'vitest';
import { openSubscribers } from '../../../shared/webhooks/subscribers.ts';

test('a read that failed is not cached', async () => {
  let reads = 0;
  const all = async () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('storage is unavailable')) : [];
  };
  const subscribers = openSubscribers({ all }, 3600);
  const first = [subscribers.all(), subscribers.all()];
  await expect(Promise.all(first)).rejects.toThrow('unavailable');
  expect(await subscribers.all()).toEqual([]);
  expect(await subscribers.all()).toEqual([]);
  expect(reads).toBe(2);
});
