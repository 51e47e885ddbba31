import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from './admin-rows.ts';
import { eventGrid } from './event-grid-rows.ts';
import { answers, requests, routes } from './http-rows.ts';
import { keys } from './key-rows.ts';
import { expectRow, type Row } from './row.ts';
import { openTarget, type Target } from './target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const received = async () => JSON.parse((await target.send({ path: '/api/received' })).body) as readonly unknown[];

const tables: Readonly<Record<string, readonly Row[]>> = { routes, answers, requests, keys, admin, eventGrid };

describe.each(Object.entries(tables))('%s', (_, rows) => {
  it.each(rows.map((row) => [row.does, row] as const))('%s', async (_does, row) => {
    await received();

    expectRow(await target.send(row.sent), row);

    if (row.received !== undefined) {
      await expect.poll(received).toEqual(row.received);
    }
  });
});

it('names a source for every row, and no row twice', () => {
  const rows = Object.values(tables).flat();

  expect(rows.filter(({ source }) => source === '')).toEqual([]);
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
});
