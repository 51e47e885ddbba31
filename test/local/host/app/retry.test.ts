import { expect, it } from 'vitest';
import { retryDelayMs } from '../../../../local/host/app/retry.ts';

it('waits as long each time under a fixed delay', () => {
  const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 3, delayInterval: { seconds: 5 } } as const;

  expect([1, 2, 3].map((retryCount) => retryDelayMs(policy, retryCount))).toEqual([5000, 5000, 5000]);
});

it('doubles the wait up to the longest under exponential back-off', () => {
  const policy = {
    retryStrategy: 'exponentialBackoff',
    maxRetryCount: -1,
    minimumInterval: { seconds: 2 },
    maximumInterval: { seconds: 10 },
  } as const;

  expect([1, 2, 3, 4, 60].map((retryCount) => retryDelayMs(policy, retryCount))).toEqual([
    2000, 4000, 8000, 10_000, 10_000,
  ]);
});
