import { expect, test } from 'vitest';
import { openConcurrencyLimits } from '../../../shared/webhooks/concurrency.ts';

/** Work that goes on until it is told to end. */
function work() {
  let end = () => {};
  const done = new Promise<string>((resolve) => {
    end = () => resolve('done');
  });
  return { run: () => done, end };
}

const four = () => [work(), work(), work(), work()];

test('a receiver whose lanes are taken is busy after a moment, while others have lanes of their own', async () => {
  const lanes = openConcurrencyLimits();
  const running = four();
  const taken = running.map(({ run }) => lanes.take('slow', run));
  expect(await lanes.take('quick', async () => 'taken')).toBe('taken');
  expect(await lanes.take('slow', async () => 'taken')).toBe('busy');
  running.map(({ end }) => end());
  expect(await Promise.all(taken)).toEqual(['done', 'done', 'done', 'done']);
  expect(await lanes.take('slow', async () => 'taken')).toBe('taken');
});

test('those who wait are given the lanes that become free, in turn', async () => {
  const lanes = openConcurrencyLimits();
  const running = four();
  const taken = running.map(({ run }) => lanes.take('slow', run));
  const order: string[] = [];
  const waiting = ['first', 'second'].map((name) => lanes.take('slow', async () => order.push(name)));
  running.map(({ end }) => end());
  await Promise.all([...taken, ...waiting]);
  expect(order).toEqual(['first', 'second']);
});

test('work that fails leaves its lane', async () => {
  const lanes = openConcurrencyLimits();
  const failing = () => lanes.take('slow', () => Promise.reject(new Error('failed')));
  for (let times = 0; times < 9; times += 1) {
    await expect(failing()).rejects.toThrow('failed');
  }
});
