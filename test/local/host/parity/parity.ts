/** Holds a host to tables of rows. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRow, type Row } from './row.ts';
import { openTarget, type Target } from './target.ts';

/** Each row is a test, on the genuine host that the environment variable names, else on the embedded one. */
export function parityOf(tables: Readonly<Record<string, readonly Row[]>>, hostVariable: string): void {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(process.env[hostVariable]);
  });
  afterAll(() => target.close());

  const received = async () => JSON.parse((await target.send({ path: '/api/received' })).body) as readonly unknown[];

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
}
