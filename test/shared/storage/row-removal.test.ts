/** Rows are removed over real storage, also beside rows that another process has removed. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { openEventLog } from '../../../shared/storage/event-log.ts';
import { removeRows } from '../../../shared/storage/row-removal.ts';
import { openTable } from '../../../shared/storage/tables.ts';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };
const clientOf = (name: string) =>
  TableClient.fromConnectionString(inject('storage'), name, { allowInsecureConnection: true });

async function keysIn(name: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { rowKey } of clientOf(name).listEntities()) {
    keys.push(String(rowKey));
  }
  return keys;
}

test('rows are removed, more than a transaction takes, although another process has removed one of them', async () => {
  const name = aPrefix();
  const table = openTable(storage, name);
  const keys = Array.from({ length: 130 }, (_, index) => `row-${index}`);
  for (const rowKey of [...keys, 'other']) {
    await table.run((client) => client.createEntity({ partitionKey: 'p', rowKey }));
  }
  await clientOf(name).deleteEntity('p', 'row-5');
  await removeRows(table, 'p', keys);
  expect(await keysIn(name)).toEqual(['other']);
});

test('a log of events from which a row was lost is purged all the same', async () => {
  const prefix = aPrefix();
  const log = openEventLog(storage, prefix, 0);
  const event = (id: string) =>
    relayed(randomUUID(), {
      id,
      at: '2026-01-01T00:00:00.000Z',
      type: 'Microsoft.Communication.PlayStarted',
      data: {},
    });
  await log.append([event('one'), event('two')]);
  const [lost = ''] = (await keysIn(`${prefix}eventLog`)).filter((key) => key.startsWith('id:'));
  await clientOf(`${prefix}eventLog`).deleteEntity('events', lost);
  await log.purge(new Date(Date.now() + 60_000).toISOString());
  expect(await keysIn(`${prefix}eventLog`)).toEqual([]);
});
