/** The timer of sequences: what was written down when the app died before it was started, is started. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { newState } from '../../../shared/sequences/interpreter/state.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { runTimer } from '../recordings.ts';
import { ended, impatient } from './sequences.ts';

const test = ownHostOnly('writes into tables of its own');

const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...impatient, TABLE_PREFIX: prefix });
});
afterAll(() => board.close());

test('a sequence that was written down and never started is started by the timer', async () => {
  const store = openSequences({ connectionString: inject('storage') }, prefix);
  const createdAt = new Date(Date.now() - 120_000).toISOString();
  const definition = { steps: [{ result: { outcome: 'late' } }] };
  const plan = { sequenceId: randomUUID(), createdAt, input: {}, definition };
  await store.list(plan);
  await store.create({ plan, fingerprint: 'of a request that was never answered' }, newState(undefined));

  await runTimer(board, 'sequenceHousekeeping');

  expect(await ended(board, plan.sequenceId)).toMatchObject({ status: 'succeeded', result: { outcome: 'late' } });
});
