/** How housekeeping checks what is open: the order, how many at once, and what a failure stops. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkEach } from '../../../../shared/ledger/upkeep/check-each.ts';

const pause = () => new Promise((resolve) => setImmediate(resolve));
const itemsOf = (minutes: readonly number[]) =>
  minutes.map((minute, id) => ({ id, createdAt: new Date(minute * 60_000).toISOString() }));

test('each is checked once, the youngest first, and a failure prevents no other check', async () => {
  const lists = fc.array(fc.record({ minute: fc.nat(1000), fails: fc.boolean() }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const items = itemsOf(list.map(({ minute }) => minute));
      const checked: { id: number; createdAt: string }[] = [];
      const run = checkEach('calls', items, async (item) => {
        checked.push(item);
        await pause();
        if (list[item.id]?.fails) {
          throw new Error('cannot be checked');
        }
      });
      const failures = list.filter(({ fails }) => fails).length;
      const end = await run.catch(({ message }: Error) => message);
      expect(end).toEqual(
        failures === 0 ? undefined : expect.stringContaining(`${failures} calls could not be checked`),
      );
      const ages = checked.map(({ createdAt }) => createdAt);
      expect(ages).toEqual(ages.toSorted().toReversed());
      expect(checked.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual(items.map(({ id }) => id));
    }),
  );
});

test('a check that waits does not delay the others, of which a few run at once', async () => {
  let release = () => {};
  const waited = new Promise<void>((resolve) => {
    release = resolve;
  });
  let running = 0;
  let most = 0;
  let done = 0;
  const run = checkEach('calls', itemsOf(Array.from({ length: 100 }, (_, minute) => minute)), async ({ id }) => {
    running += 1;
    most = Math.max(most, running);
    await (id === 99 ? waited : pause());
    running -= 1;
    done += 1;
  });
  await expect.poll(() => done).toBe(99);
  release();
  await run;
  expect([most, done]).toEqual([8, 100]);
});

test('no check starts after a failure that all would have, and none is still running at the end', async () => {
  let running = 0;
  let started = 0;
  const check = async ({ id }: { id: number }) => {
    running += 1;
    started += 1;
    await pause();
    running -= 1;
    if (id === 0) {
      throw new Error('unreachable');
    }
    await pause();
  };
  const items = itemsOf(Array.from({ length: 100 }, () => 0));
  const run = checkEach('calls', items, check, (error) => error instanceof Error && error.message === 'unreachable');
  await expect(run).rejects.toThrow('unreachable');
  expect(running).toBe(0);
  expect(started).toBeLessThan(20);
});
