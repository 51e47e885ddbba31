import { expect, test } from 'vitest';
import { openWriteBehind } from '../../../../shared/ledger/memory/write-behind.ts';

const noFailure = (error: unknown) => {
  throw error;
};

test('work of one key runs in turn, and what waits is replaced by what comes later', async () => {
  const behind = openWriteBehind();
  const ran: string[] = [];
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  const work = (name: string) => async () => {
    await isReleased;
    ran.push(name);
  };
  for (const name of ['first', 'second', 'third']) {
    behind.run('one', work(name), noFailure);
  }
  behind.run('two', work('other'), noFailure);
  release();
  await behind.idle();
  expect(ran.toSorted()).toEqual(['first', 'other', 'third']);
  await behind.idle();
});

test('a failure is reported, and the next work of the key runs', async () => {
  const behind = openWriteBehind();
  const seen: unknown[] = [];
  behind.run(
    'one',
    () => Promise.reject(new Error('unavailable')),
    (error) => seen.push(error),
  );
  behind.run('one', async () => void seen.push('next'), noFailure);
  await behind.idle();
  expect(seen).toEqual(expect.arrayContaining([expect.any(Error), 'next']));
});
