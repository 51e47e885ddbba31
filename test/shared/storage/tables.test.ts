import { expect, inject, test } from 'vitest';
import { openTable } from '../../../shared/storage/tables.ts';

const urlOf = (service: string) => `https://contoso.${service}.core.windows.net`;
const serviceUrls = { blob: urlOf('blob'), queue: urlOf('queue'), table: urlOf('table') };
const clientId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const down = { connectionString: inject('storage').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:1') };

test.each([{ serviceUrls }, { serviceUrls, clientId }])('%o opens tables without a request', async (settings) => {
  expect(await openTable(settings, 'calls').run(async ({ url }) => url)).toBe(serviceUrls.table);
});

test('a table is made when it is first missed', async () => {
  const table = openTable({ connectionString: inject('storage') }, `t${Date.now()}`);
  const row = { partitionKey: 'p', rowKey: 'r' };
  expect(await table.run((client) => client.getEntity('p', 'r'))).toBe('missing');
  await table.run((client) => client.createEntity(row));
  expect(await table.run((client) => client.createEntity(row))).toBe('exists');
  expect(await table.run((client) => client.updateEntity(row, 'Replace', { etag: 'W/"other"' }))).toBe('changed');
});

test('unavailable storage and a missing token are the same to a caller', async () => {
  const unavailable = { code: 'storageUnavailable', message: expect.stringContaining('Idempotency-Key') };
  await expect(openTable(down, 'calls').run((client) => client.getEntity('p', 'r'))).rejects.toMatchObject(unavailable);
  const noToken = () => Promise.reject(new Error('no managed identity here'));
  await expect(openTable(down, 'calls').run(noToken)).rejects.toMatchObject(unavailable);
});

test.each([new TypeError('x is undefined'), new RangeError('too large')])(
  '%s is our own bug and is thrown',
  async (error) => {
    await expect(openTable(down, 'calls').run(() => Promise.reject(error))).rejects.toBe(error);
  },
);

test('what storage rejects for good is no outage', async () => {
  const table = openTable({ connectionString: inject('storage') }, `r${Date.now()}`);
  const forbidden = { partitionKey: 'p', rowKey: 'a/b' };
  const rejected = { name: 'StorageRejected' };
  await expect(table.run((client) => client.createEntity(forbidden))).rejects.toMatchObject(rejected);
  await expect(table.run((client) => client.submitTransaction([['create', forbidden]]))).rejects.toMatchObject(
    rejected,
  );
});
