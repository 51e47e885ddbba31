/** The timer of a running app removes expired sequences completely. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { eventually, request } from '../../support/api.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import { runTimer } from '../recordings.ts';
import { aCall, frequentRechecks, run } from './sequences.ts';

const test = ownHostOnly('dates sequences of its own back by a month');

const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const store = openSequences({ connectionString: inject('storage') }, prefix);
let board: Switchboard;

beforeAll(async () => {
  const reconciliation = { 'AzureWebJobs.reconciliation.Disabled': 'false' };
  const settings = {
    ...withoutTimers,
    ...reconciliation,
    ...frequentRechecks,
    TABLE_PREFIX: prefix,
    RETENTION_DAYS: '30',
  };
  board = await startSwitchboard(settings);
});
afterAll(() => board.close());

/** The keys of the rows in a table of the app. */
async function rowsOf(name: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const { partitionKey, rowKey } of tableOf(name).listEntities()) {
    rows.push(`${partitionKey} ${rowKey}`);
  }
  return rows;
}

function tableOf(name: string): TableClient {
  return TableClient.fromConnectionString(inject('storage'), `${prefix}${name}`, { allowInsecureConnection: true });
}

/** The orchestrations that Durable Functions has. */
async function orchestrations(): Promise<string[]> {
  const response = await request(`${board.url}/runtime/webhooks/durabletask/instances`);
  return ((await response.json()) as { instanceId: string }[]).map(({ instanceId }) => instanceId);
}

/** Dates the end of a sequence back in the index. */
async function endedDaysAgo(sequenceId: string, days: number): Promise<void> {
  const [known] = (await store.listOver(100)).filter((over) => over.sequenceId === sequenceId);
  const overSince = new Date(Date.now() - days * 86_400_000).toISOString();
  const indexed = { sequenceId, createdAt: String(known?.createdAt), callId: known?.callId };
  await tableOf('sequenceIndex').deleteEntity('sequences', `over:${known?.overSince}:${sequenceId}`);
  await store.list(indexed);
  await store.close({ ...indexed, overSince });
}

const steps = [{ do: 'hold', with: { participant: '+14255550123' } }, { wait: 'PT0S' }];

test('an expired sequence leaves nothing; a younger one stays whole', async () => {
  const customer = '+14255550190';
  await party(board, customer, { onRing: 'decline', afterMs: 0 });
  const callId = await aCall(board);
  const input = { ...callBack.example, customer, attempts: 1 };
  const old = [await run(board, { callId, steps }), await run(board, { name: 'callBack', input })];
  const young = await run(board, { callId, steps: [{ wait: 'PT0S' }] });
  const ids = [...old, young].map(({ sequenceId }) => sequenceId as string);
  await eventually(
    () => store.listOver(10),
    (over) => over.length === 3,
  );
  expect([(await rowsOf('sequences')).length, (await rowsOf('sequenceIndex')).length]).toEqual([6, 8]);
  expect(new Set(await orchestrations())).toEqual(new Set(ids));
  for (const [position, sequenceId] of ids.entries()) {
    await endedDaysAgo(sequenceId, position < 2 ? 31 : 29);
  }

  await runTimer(board, 'reconciliation');
  const kept = young.sequenceId;
  await eventually(
    () => rowsOf('sequenceIndex'),
    (rows) => rows.length === 3,
  );
  expect(await rowsOf('sequences')).toEqual([`${kept} plan`, `${kept} state`]);
  expect(await orchestrations()).toEqual([kept]);
  for (const sequenceId of ids.slice(0, 2)) {
    expect(await board.api('GET', `sequences/${sequenceId}`)).toMatchObject({ status: 404 });
  }
  expect((await board.api('GET', 'sequences')).body.items).toEqual([young]);
});
