/** Sequences whose orchestration is terminated through Durable's own API are canceled and undone. */
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { eventually, request } from '../../support/api.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { withoutTimers } from '../../support/wire.ts';
import { runTimer } from '../recordings.ts';
import { aCall, ended, frequentRechecks, outcomes } from './sequences.ts';

const test = ownHostOnly('writes into tables of its own');

const prefix = `k${Date.now()}`;
let board: Switchboard;

beforeAll(async () => {
  const { 'AzureWebJobs.sequenceHousekeeping.Disabled': _, ...others } = withoutTimers;
  board = await startSwitchboard({ ...others, ...frequentRechecks, TABLE_PREFIX: prefix });
});
afterAll(() => board.close());

const instances = (path: string, init?: RequestInit) =>
  request(`${board.url}/runtime/webhooks/durabletask/instances/${path}`, init);

async function terminate(sequenceId: string): Promise<void> {
  await instances(`${sequenceId}/terminate?reason=test`, { method: 'POST' });
  await eventually(
    async () => (await (await instances(sequenceId)).json()) as { runtimeStatus: string },
    ({ runtimeStatus }) => runtimeStatus === 'Terminated',
  );
}

/** Housekeeping ignores sequences that were listed less than a minute ago. */
async function listedLongAgo(sequenceId: string): Promise<void> {
  const createdAt = new Date(Date.now() - 120_000).toISOString();
  await openSequences({ connectionString: inject('storage') }, prefix).list({ sequenceId, createdAt });
}

test('the sequence is canceled with the reason, undoes its steps, and runs its cleanup once', async () => {
  const callId = await aCall(board);
  const steps = [
    { id: 'hold', do: 'startRecording', with: {} },
    { id: 'long', wait: 'PT1H' },
  ];
  const last = [{ id: 'bye', do: 'hangUp', with: { forEveryone: true } }];
  const { body } = await board.api('POST', 'sequences', { callId, steps, finally: last });
  const { sequenceId } = body;
  await eventually(
    () => board.api('GET', `sequences/${sequenceId}`),
    (answer) => outcomes(answer.body).includes('long running'),
  );
  await terminate(sequenceId);
  await listedLongAgo(sequenceId);
  await runTimer(board, 'sequenceHousekeeping');

  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({
    status: 'canceled',
    error: { code: 'orchestrationTerminated', message: expect.stringContaining('Durable Functions') },
  });
  expect(outcomes(sequence)).toEqual(['hold succeeded', 'long canceled', 'hold~undo succeeded', 'bye succeeded']);
});
