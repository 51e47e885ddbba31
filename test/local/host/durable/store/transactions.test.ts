import { TableClient } from '@azure/data-tables';
import { expect, inject, it } from 'vitest';
import { conflict, persistUntil } from '../../../../../local/host/durable/store/persist.ts';
import { Transactions } from '../../../../../local/host/durable/store/transactions.ts';
import { newHub } from '../support.ts';

const table = TableClient.fromConnectionString(inject('storage'), newHub(), { allowInsecureConnection: true });
const transactions = new Transactions(
  table,
  persistUntil(new AbortController().signal, () => {}),
);
const partitionKey = 'hub';

it('makes writes together, and one that storage refuses or that meets a conflict alone', async () => {
  await table.createTable();
  await table.createEntity({ partitionKey, rowKey: 'taken' });
  const row = (rowKey: string, text = 'x') => transactions.submit([['create', { partitionKey, rowKey, text }]]);

  const outcomes = await Promise.allSettled([
    row('first'),
    row('second'),
    row('tooLong', 'x'.repeat(40_000)),
    row('taken'),
    row('third'),
  ]);

  expect(outcomes).toEqual([
    { status: 'fulfilled', value: [expect.any(String)] },
    { status: 'fulfilled', value: [expect.any(String)] },
    { status: 'rejected', reason: expect.objectContaining({ statusCode: 400 }) },
    { status: 'fulfilled', value: conflict },
    { status: 'fulfilled', value: [expect.any(String)] },
  ]);
  const { text } = await table.getEntity<{ text: string }>(partitionKey, 'third');
  expect(text).toBe('x');
});
