/** The scan of a table, over more rows than storage answers at once. */
import { TableClient, TableTransaction } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { toEntity } from '../../../shared/storage/document.ts';
import { openTableScan, type ScannedRow } from '../../../shared/storage/table-scan.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };

test('a scan goes on behind the most rows that storage answers at once, and has each document as one text', async () => {
  const tableName = `${aPrefix()}scanned`;
  const table = TableClient.fromConnectionString(storage.connectionString, tableName, {
    allowInsecureConnection: true,
  });
  await table.createTable();
  for (let first = 0; first < 1100; first += 100) {
    const transaction = new TableTransaction();
    for (let at = first; at < first + 100; at += 1) {
      transaction.createEntity(toEntity('p', String(at).padStart(4, '0'), { at }));
    }
    await table.submitTransaction(transaction.actions);
  }
  const long = `${'x'.repeat(40_000)}word`;
  await table.createEntity(toEntity('q', 'long', { long }));

  const scan = openTableScan(storage, tableName);
  const rows: ScannedRow[] = [];
  let position: string | undefined;
  let pages = 0;
  do {
    const page = await scan(position);
    rows.push(...page.rows);
    position = page.next;
    pages += 1;
  } while (position !== undefined);
  expect([rows.length, pages]).toEqual([1101, 2]);
  expect(rows.find(({ partitionKey, rowKey }) => partitionKey === 'q' && rowKey === 'long')?.text).toContain(long);
  const filtered = await openTableScan(storage, tableName, "PartitionKey eq 'q'")(undefined);
  expect(filtered.rows.map(({ rowKey }) => rowKey)).toEqual(['long']);
});

test('a table that was never written has no rows', async () => {
  expect(await openTableScan(storage, `${aPrefix()}scanned`)(undefined)).toEqual({ rows: [] });
});
