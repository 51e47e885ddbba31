/** Starts and cancels that are interrupted, or concurrent. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import {
  cancelSequence,
  findStarted,
  readSequence,
  startSequence,
} from '../../../../shared/sequences/runtime/start.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

const request = { steps: [{ wait: 'PT1H' }] };
const wanted = { callId: undefined, input: {}, definition: { steps: [{ id: 'wait', wait: 'PT1H' }] } };

test('a start that was interrupted after its rows is completed by the same request', async () => {
  const { sequences, started } = someSequences();
  const key = randomUUID();
  const broken = { ...sequences, start: () => Promise.reject(new AppError('storageUnavailable', 'away')) };
  await expect(startSequence(aLedger(), broken, wanted, request, key)).rejects.toThrow('away');
  const again = await startSequence(aLedger(), sequences, wanted, request, key);
  expect(again).toMatchObject({ replayed: true, sequence: { sequenceId: key, status: 'running' } });
  expect(started).toEqual([key]);
  expect((await sequences.store.listRecent(undefined, {}, 10, undefined)).items).toEqual([
    { sequenceId: key, createdAt: again.sequence.createdAt },
  ]);
});

test('a running sequence is not started again', async () => {
  const { sequences, started } = someSequences({ orchestrationState: async () => 'live' });
  const key = randomUUID();
  await startSequence(aLedger(), sequences, wanted, request, key);
  await findStarted(sequences, key, request);
  expect(started).toEqual([key]);
});

test('a start whose rows were written without an acknowledgement stays listed', async () => {
  const { sequences } = someSequences();
  const { create } = sequences.store;
  const store: typeof sequences.store = {
    ...sequences.store,
    async create(plan, state) {
      await create(plan, state);
      return 'exists';
    },
  };
  const { sequence } = await startSequence(aLedger(), { ...sequences, store }, wanted, request);
  const listed = (await sequences.store.listRecent(undefined, {}, 10, undefined)).items;
  expect(listed.map(({ sequenceId }) => sequenceId)).toEqual([sequence.sequenceId]);
});

test('an id that was taken and is free again starts the sequence', async () => {
  const { sequences, started } = someSequences();
  const store = { ...sequences.store, create: async () => 'exists' as const };
  const { sequence } = await startSequence(aLedger(), { ...sequences, store }, wanted, request);
  expect(started).toEqual([sequence.sequenceId]);
});

test('a sequence without a state counts as not started, and is not found', async () => {
  const { sequences } = someSequences();
  const key = randomUUID();
  await startSequence(aLedger(), sequences, wanted, request, key);
  const store = { ...sequences.store, readState: async () => undefined };
  expect(await findStarted({ ...sequences, store }, key, request)).toMatchObject({ sequence: { status: 'running' } });
  expect(await readSequence({ ...sequences, store }, key)).toBeUndefined();
});

test('a cancel is retried after a write conflict', async () => {
  const { sequences } = someSequences();
  const plan = aPlan();
  await written(sequences, plan);
  const { writeState } = sequences.store;
  let writes = 0;
  const store: typeof sequences.store = {
    ...sequences.store,
    async writeState(id, stored) {
      writes += 1;
      return writes === 1 ? 'changed' : writeState(id, stored);
    },
  };
  const canceled = await cancelSequence(aLedger(), { ...sequences, store }, plan.sequenceId);
  expect(canceled.cancelRequestedAt).toEqual(expect.any(String));
  expect(writes).toBe(2);
});
