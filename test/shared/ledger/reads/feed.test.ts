/** Feeds: readers share one poll, outages are waited out, and a defect ends the readers. */
import { expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { openFeed } from '../../../../shared/ledger/reads/feed.ts';

interface Value {
  readonly number: number;
}

/** A feed of a value that counts its reads. */
function aFeed(pollMs: number, read: (reads: number, previous: Value | undefined) => Value | undefined) {
  const state = { reads: 0 };
  const feed = openFeed<Value>(async (_, previous) => {
    state.reads += 1;
    return read(state.reads, previous);
  }, pollMs);
  return { feed, state };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function taken(values: AsyncIterable<Value>, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { number } of values) {
    numbers.push(number);
    if (numbers.length === count) {
      break;
    }
  }
  return numbers;
}

test('all readers get each value, of one read each', async () => {
  const { feed, state } = aFeed(20, (number) => ({ number }));
  const { signal } = new AbortController();
  const all = await Promise.all(Array.from({ length: 20 }, () => taken(feed.follow('x', signal), 3)));
  expect(new Set(all.map(String)).size).toBe(1);
  const { reads } = state;
  expect(reads).toBeLessThanOrEqual(5);
  await pause(100);
  expect(state.reads).toBeLessThanOrEqual(reads + 1);
});

test('a change in this process is read at once', async () => {
  const { feed } = aFeed(60_000, (number) => ({ number }));
  const left = new AbortController();
  const values = feed.follow('x', left.signal);
  expect((await values.next()).value).toEqual({ number: 1 });
  const next = values.next();
  feed.notify('x');
  expect((await next).value).toEqual({ number: 2 });
  feed.notify('of no reader');
  left.abort();
  expect(await values.next()).toEqual({ done: true, value: undefined });
});

test('nothing that is not there, or has not changed, is given to readers', async () => {
  const { feed } = aFeed(5, (reads, previous) =>
    reads < 3 ? undefined : reads < 6 ? (previous ?? { number: 1 }) : { number: 2 },
  );
  expect(await taken(feed.follow('x', new AbortController().signal), 2)).toEqual([1, 2]);
});

test('readers wait while storage is unavailable, and keep what they have', async () => {
  const { feed } = aFeed(5, (number) => {
    if (number === 2) {
      throw new AppError('storageUnavailable', 'Storage did not answer in time.');
    }
    return { number };
  });
  expect(await taken(feed.follow('x', new AbortController().signal), 2)).toEqual([1, 3]);
});

test('a defect ends the readers, and the next one starts anew', async () => {
  const { feed } = aFeed(5, (number) => {
    if (number === 2) {
      throw new TypeError('defect');
    }
    return { number };
  });
  const { signal } = new AbortController();
  await expect(taken(feed.follow('x', signal), 9)).rejects.toThrow('defect');
  expect(await taken(feed.follow('x', signal), 1)).toEqual([3]);
});

test('a reader whose client has left before takes nothing', async () => {
  const { feed } = aFeed(5, (number) => ({ number }));
  expect(await taken(feed.follow('x', AbortSignal.abort()), 1)).toEqual([]);
});
