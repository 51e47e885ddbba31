/** The timer of sequences starts one that was stored before the app crashed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { newState } from '../../../shared/sequences/interpreter/state.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { runTimer } from '../recordings.ts';
import { ended, frequentRechecks } from './sequences.ts';

const test = ownHostOnly('writes into tables of its own');

const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...frequentRechecks, TABLE_PREFIX: prefix });
});
afterAll(() => board.close());

test('a stored sequence without an orchestration is started by the timer', async () => {
  const store = openSequences({ connectionString: inject('storage') }, prefix);
  const createdAt = new Date(Date.now() - 120_000).toISOString();
  const definition = { steps: [{ result: { outcome: 'late' } }] };
  const plan = { sequenceId: randomUUID(), createdAt, input: {}, definition };
  await store.list(plan);
  await store.create({ plan, fingerprint: 'of a request without a response' }, newState(undefined));

  await runTimer(board, 'sequenceHousekeeping');

  expect(await ended(board, plan.sequenceId)).toMatchObject({ status: 'succeeded', result: { outcome: 'late' } });
});
