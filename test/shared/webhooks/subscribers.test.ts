import { expect, test } from 'vitest';
import { openSubscribers } from '../../../shared/webhooks/subscribers.ts';

test('a read that failed is not remembered', async () => {
  let reads = 0;
  const all = async () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('storage is away')) : [];
  };
  const subscribers = openSubscribers({ all }, 3600);
  const first = [subscribers.all(), subscribers.all()];
  await expect(Promise.all(first)).rejects.toThrow('away');
  expect(await subscribers.all()).toEqual([]);
  expect(await subscribers.all()).toEqual([]);
  expect(reads).toBe(2);
});
