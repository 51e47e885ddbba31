/** Housekeeping of sequences after crashes, at moments that no request can choose: over real storage. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { createLog } from '../../../../shared/log.ts';
import { newState } from '../../../../shared/sequences/interpreter/state.ts';
import { advanceSequence } from '../../../../shared/sequences/runtime/advance.ts';
import { openWake } from '../../../../shared/sequences/runtime/client.ts';
import { runSequenceHousekeeping } from '../../../../shared/sequences/runtime/housekeeping.ts';
import { planOf } from '../../../../shared/sequences/runtime/sequences.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

test('a stored sequence without an orchestration is started, once it is old enough', async () => {
  const { sequences, started } = someSequences();
  const unstarted = aPlan();
  await written(sequences, unstarted);
  await written(sequences, aPlan(new Date().toISOString()));
  await runSequenceHousekeeping(aLedger(), sequences);
  expect(started).toEqual([unstarted.sequenceId]);
});

test('one that runs is left alone', async () => {
  const { sequences, started } = someSequences({ orchestrationState: async () => 'live' });
  await written(sequences, aPlan());
  await runSequenceHousekeeping(aLedger(), sequences);
  expect(started).toEqual([]);
});

test('one that runs although it was canceled is woken again', async () => {
  const { sequences } = someSequences({ orchestrationState: async () => 'live' });
  const woken: string[] = [];
  const ledger = aLedger({
    wake: async (sequenceId) => {
      woken.push(sequenceId);
    },
  });
  const canceled = aPlan();
  await written(sequences, aPlan());
  await written(sequences, canceled, { ...newState(undefined), cancelRequestedAt: canceled.createdAt });
  await runSequenceHousekeeping(ledger, sequences);
  expect(woken).toEqual([canceled.sequenceId]);
});

test('one whose orchestration was terminated is canceled, once, and started to undo its steps', async () => {
  const { sequences, started } = someSequences({ orchestrationState: async () => 'terminated' });
  const plan = aPlan();
  await written(sequences, plan);
  await runSequenceHousekeeping(aLedger(), sequences);
  const canceled = await sequences.store.readState(plan.sequenceId);
  expect(canceled?.state).toMatchObject({
    cancelRequestedAt: expect.any(String),
    cancelReason: { code: 'orchestrationTerminated' },
  });
  await runSequenceHousekeeping(aLedger(), sequences);
  expect(await sequences.store.readState(plan.sequenceId)).toEqual(canceled);
  expect(started).toEqual([plan.sequenceId, plan.sequenceId]);
});

test('an ended sequence, and an index entry without a sequence, leave the list of open ones', async () => {
  const { sequences, started } = someSequences();
  await written(sequences, aPlan(), { ...newState(undefined), phase: 'ended' });
  await sequences.store.list(aPlan());
  await runSequenceHousekeeping(aLedger(), sequences);
  expect(started).toEqual([]);
  expect((await sequences.store.listOpen(10, undefined)).items).toEqual([]);
});

test('one that fails does not prevent the others, and the failure is reported', async () => {
  const started: string[] = [];
  const { sequences } = someSequences({
    start: async ({ sequenceId }) => {
      started.push(sequenceId);
      throw new Error('unavailable');
    },
  });
  await written(sequences, aPlan());
  await written(sequences, aPlan());
  await expect(runSequenceHousekeeping(aLedger(), sequences)).rejects.toThrow('2 sequences could not be checked');
  expect(started).toHaveLength(2);
});

test('a plan is read once, and the oldest leave the cache', async () => {
  const { sequences } = someSequences();
  const plan = aPlan();
  await written(sequences, plan);
  expect(await planOf(sequences, plan.sequenceId)).toEqual(plan);
  expect(sequences.plans.get(plan.sequenceId)).toEqual(plan);
  for (let count = 0; count < 2000; count += 1) {
    sequences.plans.add({ ...plan, sequenceId: String(count) });
  }
  expect(sequences.plans.get(plan.sequenceId)).toBeUndefined();
  expect(await planOf(sequences, randomUUID())).toBeUndefined();
});

test('a wake that fails is a warning and no failure', async () => {
  const logged: string[] = [];
  const log = createLog((_level, message) => void logged.push(message));
  for (const error of [new Error('gone'), 'gone']) {
    const client = {
      start: async () => {},
      orchestrationState: async () => 'live' as const,
      purge: async () => {},
      wake: () => Promise.reject(error),
    };
    await openWake(client, log, new Set())('s');
  }
  expect(logged).toEqual(Array(2).fill('Sequence could not be notified of an event; its recheck timer reads the call'));
});

test('a sequence whose end was stored but not published is finished by housekeeping, under the same notification id', async () => {
  const { sequences } = someSequences();
  const plan = aPlan();
  const ending = { status: 'succeeded' as const, undo: false };
  await written(sequences, plan, { ...newState(undefined), phase: 'ended', ending, endedAt: plan.createdAt });
  const ids: (string | undefined)[] = [];
  const ledger = aLedger();
  const notifier: Ledger['notifier'] = {
    ...ledger.notifier,
    address: async (notifications) => {
      ids.push(...notifications.map(({ event }) => event.id));
      return [];
    },
  };
  const failing = { ...notifier, send: () => Promise.reject(new Error('the process ended')) };
  await expect(advanceSequence({ ...ledger, notifier: failing }, sequences, plan.sequenceId)).rejects.toThrow();
  await runSequenceHousekeeping({ ...ledger, notifier }, sequences);
  await runSequenceHousekeeping({ ...ledger, notifier }, sequences);
  expect(ids).toEqual(Array(2).fill(`${plan.sequenceId}-ended`));
});
