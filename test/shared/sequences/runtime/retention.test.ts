/** Sequences that ended long ago are removed, also after a removal that failed or met another. */
import { expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { createLog } from '../../../../shared/log.ts';
import { newState } from '../../../../shared/sequences/interpreter/state.ts';
import { advanceSequence } from '../../../../shared/sequences/runtime/advance.ts';
import { runSequenceHousekeeping } from '../../../../shared/sequences/runtime/housekeeping.ts';
import { removeExpiredSequences } from '../../../../shared/sequences/runtime/retention.ts';
import type { Sequences } from '../../../../shared/sequences/runtime/sequences.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

const days = 30;
const daysAgo = (age: number) => new Date(Date.now() - age * 86_400_000).toISOString();

function removalOf(sequences: Sequences) {
  const logged: unknown[] = [];
  const ledger = aLedger({ log: createLog((_level, message, attributes) => void logged.push([message, attributes])) });
  return { logged, run: (keptDays = days) => removeExpiredSequences(ledger, sequences, { days: keptDays }) };
}

/** A sequence that ended a number of days ago. */
async function overFor(sequences: Sequences, age: number): Promise<string> {
  const plan = aPlan(daysAgo(age));
  const ending = { status: 'succeeded' as const, undo: false };
  await written(sequences, plan, { ...newState(undefined), phase: 'ended', ending, endedAt: daysAgo(age) });
  await advanceSequence(aLedger(), sequences, plan.sequenceId);
  return plan.sequenceId;
}

async function left({ store }: Sequences): Promise<object> {
  const [recent, open] = [await store.listRecent(undefined, {}, 10, undefined), await store.listOpen(10, undefined)];
  return {
    recent: recent.items.map(({ sequenceId }) => sequenceId),
    open: open.items.length,
    over: (await store.listOver(10)).map(({ sequenceId }) => sequenceId),
  };
}

test('an expired sequence is removed, its Durable history first', async () => {
  const purged: string[] = [];
  const { sequences } = someSequences({ purge: async (sequenceId) => void purged.push(sequenceId) });
  const [old, young] = [await overFor(sequences, 31), await overFor(sequences, 29)];
  const { logged, run } = removalOf(sequences);
  await run();
  await run();
  expect(purged).toEqual([old]);
  expect(await sequences.store.readPlan(old)).toBeUndefined();
  expect(await sequences.store.readState(old)).toBeUndefined();
  expect(await left(sequences)).toEqual({ recent: [young], open: 0, over: [young] });
  expect(logged).toEqual([['Expired rows removed', { sequences: 1, rows: 4 }]]);
});

test('0 days keep every sequence', async () => {
  const { sequences } = someSequences();
  const old = await overFor(sequences, 10_000);
  await removalOf(sequences).run(0);
  expect(await left(sequences)).toEqual({ recent: [old], open: 0, over: [old] });
});

test('one whose history cannot be removed stays whole, prevents no other, and is removed by the next run', async () => {
  const stuck = new Set<string>();
  const purge = async (sequenceId: string) => {
    if (stuck.has(sequenceId)) {
      throw new Error('it runs');
    }
  };
  const { sequences } = someSequences({ purge });
  const ids = [await overFor(sequences, 33), await overFor(sequences, 32), await overFor(sequences, 31)];
  stuck.add(String(ids[1]));
  const { logged, run } = removalOf(sequences);
  await expect(run()).rejects.toThrow('1 of the sequences could not be removed');
  expect(await left(sequences)).toEqual({ recent: [ids[1]], open: 0, over: [ids[1]] });
  expect(await sequences.store.readPlan(String(ids[1]))).toBeDefined();
  stuck.clear();
  await run();
  expect(await left(sequences)).toEqual({ recent: [], open: 0, over: [] });
  expect(logged).toHaveLength(2);
});

test('a removal that was interrupted before its index entries is finished by the next run', async () => {
  const { sequences } = someSequences();
  const old = await overFor(sequences, 31);
  const remove = async () => {
    await sequences.store.remove({ sequenceId: old, createdAt: daysAgo(0), overSince: daysAgo(0) });
    throw new AppError('storageUnavailable', 'unavailable');
  };
  await expect(removalOf({ ...sequences, store: { ...sequences.store, remove } }).run()).rejects.toThrow('1 of the');
  expect(await sequences.store.readPlan(old)).toBeUndefined();
  expect(await left(sequences)).toEqual({ recent: [old], open: 0, over: [old] });
  await removalOf(sequences).run();
  expect(await left(sequences)).toEqual({ recent: [], open: 0, over: [] });
});

test('two runs at once remove what one would', async () => {
  const { sequences } = someSequences();
  await Promise.all([31, 32, 33].map((age) => overFor(sequences, age)));
  await Promise.all([removalOf(sequences).run(), removalOf(sequences).run()]);
  expect(await left(sequences)).toEqual({ recent: [], open: 0, over: [] });
});

test('an index entry without a sequence is removed as well', async () => {
  const { sequences } = someSequences();
  await sequences.store.list(aPlan(daysAgo(31)));
  await runSequenceHousekeeping(aLedger(), sequences);
  await removalOf(sequences).run();
  expect(await left(sequences)).toEqual({ recent: [], open: 0, over: [] });
});
