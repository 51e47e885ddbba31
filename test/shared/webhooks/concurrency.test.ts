import { expect, test } from 'vitest';
import { openConcurrencyLimits } from '../../../shared/webhooks/concurrency.ts';

/** Work that runs until it is ended. */
function work() {
  let end = () => {};
  const done = new Promise<string>((resolve) => {
    end = () => resolve('done');
  });
  return { run: () => done, end };
}

const four = () => [work(), work(), work(), work()];

test('a receiver at its limit is busy after a moment, while others have limits of their own', async () => {
  const limits = openConcurrencyLimits();
  const running = four();
  const taken = running.map(({ run }) => limits.take('slow', run));
  expect(await limits.take('quick', async () => 'taken')).toBe('taken');
  expect(await limits.take('slow', async () => 'taken')).toBe('busy');
  running.map(({ end }) => end());
  expect(await Promise.all(taken)).toEqual(['done', 'done', 'done', 'done']);
  expect(await limits.take('slow', async () => 'taken')).toBe('taken');
});

test('waiting work gets free slots in order', async () => {
  const limits = openConcurrencyLimits();
  const running = four();
  const taken = running.map(({ run }) => limits.take('slow', run));
  const order: string[] = [];
  const waiting = ['first', 'second'].map((name) => limits.take('slow', async () => order.push(name)));
  running.map(({ end }) => end());
  await Promise.all([...taken, ...waiting]);
  expect(order).toEqual(['first', 'second']);
});

test('work that fails frees its slot', async () => {
  const limits = openConcurrencyLimits();
  const failing = () => limits.take('slow', () => Promise.reject(new Error('failed')));
  for (let times = 0; times < 9; times += 1) {
    await expect(failing()).rejects.toThrow('failed');
  }
});
