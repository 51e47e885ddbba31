import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  afterOthers,
  checkStorageTime,
  inStorageTime,
  whileClientWaits,
  withoutClient,
} from '../../shared/storage-time.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const limitMs = 8000;
const never = () => new Promise<never>(() => {});
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const unavailable = { code: 'storageUnavailable' };

/** When work ended, and how: fake time passes until it has. */
async function timed(work: () => Promise<unknown>): Promise<[ms: number, outcome: unknown]> {
  const startedAt = performance.now();
  const ended = work().then(
    (value) => [performance.now() - startedAt, value] as [number, unknown],
    (error) => [performance.now() - startedAt, error.code] as [number, unknown],
  );
  await vi.advanceTimersByTimeAsync(100_000);
  return ended;
}

test('a request that storage never answers ends at its limit, and is aborted then', async () => {
  const aborted: number[] = [];
  const request = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => aborted.push(performance.now()));
    return never();
  };
  const startedAt = performance.now();
  expect(await timed(() => inStorageTime(2000, request))).toEqual([2000, 'storageUnavailable']);
  expect(aborted).toEqual([startedAt + 2000]);
});

test('the requests of one client have one budget, in which time without them does not count', async () => {
  const work = async () => {
    await inStorageTime(limitMs, () => pause(3000));
    await pause(20_000);
    await inStorageTime(limitMs, () => pause(3000));
    await inStorageTime(limitMs, never);
  };
  expect(await timed(() => whileClientWaits(limitMs, work))).toEqual([28_000, 'storageUnavailable']);
});

test('requests at the same time use the budget once', async () => {
  const work = async () => {
    await Promise.all([1000, 4000, 2000].map((ms) => inStorageTime(limitMs, () => pause(ms))));
    await inStorageTime(limitMs, never);
  };
  expect(await timed(() => whileClientWaits(limitMs, work))).toEqual([limitMs, 'storageUnavailable']);
});

test('once the budget is used up nothing is sent to storage, and ACS must not be asked', async () => {
  let sent = 0;
  const work = async () => {
    checkStorageTime();
    await inStorageTime(limitMs, never).catch(() => {});
    expect(checkStorageTime).toThrow(expect.objectContaining(unavailable));
    await inStorageTime(limitMs, async () => {
      sent += 1;
    });
  };
  expect(await timed(() => whileClientWaits(limitMs, work))).toEqual([limitMs, 'storageUnavailable']);
  expect(sent).toBe(0);
});

test('ACS is not asked either when too little is left to store its response', async () => {
  const used = (ms: number) =>
    whileClientWaits(limitMs, async () => {
      await inStorageTime(limitMs, () => pause(ms));
      checkStorageTime();
      return 'asked';
    });
  expect(await timed(() => used(5900))).toEqual([5900, 'asked']);
  expect(await timed(() => used(6100))).toEqual([6100, 'storageUnavailable']);
});

test('waiting behind others counts, and ends with the budget', async () => {
  const work = () => whileClientWaits(limitMs, () => afterOthers(never()));
  expect(await timed(work)).toEqual([limitMs, 'storageUnavailable']);
  expect(await timed(() => afterOthers(Promise.reject(new Error('failed'))))).toEqual([0, undefined]);
});

test('a request that used its own limit leaves the rest of the budget', async () => {
  const work = async () => {
    await inStorageTime(2000, never).catch(() => {});
    checkStorageTime();
    return inStorageTime(limitMs, async () => 'answered');
  };
  expect(await timed(() => whileClientWaits(limitMs, work))).toEqual([2000, 'answered']);
});

test('work that outlives its request has none of its budget', async () => {
  const work = async () => {
    await inStorageTime(limitMs, never).catch(() => {});
    return withoutClient(() => inStorageTime(limitMs, async () => 'stored'));
  };
  expect(await timed(() => whileClientWaits(limitMs, work))).toEqual([limitMs, 'stored']);
  expect(checkStorageTime).not.toThrow();
});
