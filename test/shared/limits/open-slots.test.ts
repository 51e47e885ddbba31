import { expect, test } from 'vitest';
import { openSlots } from '../../../shared/limits/open-slots.ts';
import { noSlots, type SlotState } from '../../../shared/limits/slots.ts';

const limits = { maxOpenCalls: 1, maxOpenCallsPerCallerId: null, maxCallsPerSecond: null };
const entering = (operationId: string) => ({ entering: { operationId, isCall: true, dials: false } });

/** Slots over a row in memory, which another instance changes before some writes. */
function over(isWritten: (attempt: number) => boolean) {
  let state: SlotState = noSlots;
  let attempts = 0;
  const store = {
    callerKey: async () => 'hash',
    read: async () => ({ state, etag: String(attempts) }),
    async write(next: SlotState) {
      attempts += 1;
      state = isWritten(attempts) ? next : state;
      return isWritten(attempts);
    },
  };
  const slots = openSlots(
    store,
    {
      current: async () => ({ ...limits, allowedDestinations: [], maxTargets: 1, maxCallMinutes: 1, maxRedirects: 1 }),
    },
    () => '2026-01-01T00:00:00.000Z',
  );
  return { slots, attempts: () => attempts };
}

test('requests that meet are one write, and get what each asked for', async () => {
  const { slots, attempts } = over(() => true);
  const [, ...met] = await Promise.all(['a', 'b', 'c'].map((id) => slots.apply(entering(id))));
  expect(met.map(({ reached }) => reached)).toEqual(['maxOpenCalls', 'maxOpenCalls']);
  expect(attempts()).toBe(1);
});

test('a write with which another instance was faster is tried again on what that has written', async () => {
  const { slots, attempts } = over((attempt) => attempt > 2);
  expect((await slots.apply(entering('a'))).reached).toBeUndefined();
  expect(attempts()).toBe(3);
  expect(Object.keys((await slots.read()).held)).toEqual(['a']);
});

test('a failure of storage is that of every request of its write, and of no later one', async () => {
  const { slots } = over((attempt) => {
    if (attempt === 1) {
      throw new Error('storage');
    }
    return true;
  });
  await expect(slots.apply(entering('a'))).rejects.toThrow('storage');
  expect((await slots.apply(entering('b'))).reached).toBeUndefined();
});
