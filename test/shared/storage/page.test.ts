/** Pages of rows whose keys have a prefix. */
import { beforeAll, expect, inject, test } from 'vitest';
import { toEntity } from '../../../shared/storage/document.ts';
import { readPage } from '../../../shared/storage/page.ts';
import { openTable } from '../../../shared/storage/tables.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

const table = openTable({ connectionString: inject('storage') }, `${aPrefix()}pages`);

beforeAll(async () => {
  for (const key of ['a:1', 'b:1', 'b:2', 'c:1']) {
    await table.run((client) => client.createEntity(toEntity('rows', key, { key })));
  }
});

const page = async (limit: number, position?: string) => {
  const { items, nextCursor } = await readPage<{ key: string }>(table, 'rows', 'b:', limit, position);
  return { keys: items.map(({ key }) => key), nextCursor };
};

test('a page has the rows after its position, and none of another prefix wherever that is', async () => {
  expect(await page(10)).toEqual({ keys: ['b:1', 'b:2'], nextCursor: undefined });
  expect(await page(10, 'b:1')).toEqual({ keys: ['b:2'], nextCursor: undefined });
  for (const before of ['a:0', 'a:1', '']) {
    expect(await page(10, before)).toEqual({ keys: ['b:1', 'b:2'], nextCursor: undefined });
  }
  expect(await page(10, 'c:0')).toEqual({ keys: [], nextCursor: undefined });
});

test('a page that is not the last one ends with the position of its last row, and a full last one with none', async () => {
  expect(await page(1)).toEqual({ keys: ['b:1'], nextCursor: 'b:1' });
  expect(await page(2)).toEqual({ keys: ['b:1', 'b:2'], nextCursor: undefined });
  expect(await page(1, 'b:1')).toEqual({ keys: ['b:2'], nextCursor: undefined });
});
