/**
 * The likeness of the embedded host with Azure's Durable extension. DURABLE_URL (and DURABLE_KEY, its system key) name a
 * genuine host that serves apps/durable with the settings below: the same rows then hold Azure's own extension to what the table says of it.
 */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerRows } from './parity/answers.ts';
import { historyRows } from './parity/histories.ts';
import { instanceRows } from './parity/instances.ts';
import { operationRows } from './parity/operations.ts';
import type { Row } from './parity/row.ts';
import { type DurableApi, type DurableHost, durableApi, startDurable } from './support.ts';

const { DURABLE_URL: genuineUrl, DURABLE_KEY: key } = process.env;
const settings = { 'AzureWebJobs.isOff.Disabled': 'true' };
let durable: DurableHost | undefined;
let host: DurableApi;

beforeAll(async () => {
  durable = genuineUrl === undefined ? await startDurable({ settings }) : undefined;
  host = durable ?? durableApi(genuineUrl ?? '', key);
});
afterAll(() => durable?.host.close());

const rows: readonly Row[] = [...answerRows, ...operationRows, ...instanceRows, ...historyRows];

it.each(rows)('$what', async ({ act, expected, here }) => {
  const seen = await act(host);

  expect(seen).toEqual(durable === undefined ? expected : (here ?? expected));
});

it('differs only in what the page of differences names', async () => {
  const page = await readFile('docs/host-differences.md', 'utf8');

  const different = rows.filter(({ here }) => here !== undefined).map(({ what }) => what);
  expect(different.filter((what) => !page.includes(what))).toEqual([]);
});
