/** Redirects are counted once for each incoming call, and over all calls that are one call at ACS. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openRedirects, type RedirectStore } from '../../../shared/storage/redirects.ts';
import { type PassThrough, startProxy } from '../../support/proxy.ts';
import { storageUrl } from '../../support/switchboard.ts';

let tables: PassThrough;
let redirects: RedirectStore;

beforeAll(async () => {
  tables = await startProxy(storageUrl('Table'));
});
beforeEach(() => {
  tables.onPass = () => {};
  const connectionString = inject('storage').replace(storageUrl('Table'), tables.url);
  redirects = openRedirects({ connectionString }, `t${randomUUID().replaceAll('-', '').slice(0, 16)}`);
});
afterAll(() => tables.close());

const serverCallId = 'a call at ACS';
const leg = (callId: string) => ({ callId, serverCallId });

test('each call counts once, and those beyond the most are refused', async () => {
  expect(await redirects.count(leg('first'), 2)).toBe(true);
  expect(await redirects.count(leg('first'), 2)).toBe(true);
  expect(await redirects.count(leg('second'), 2)).toBe(true);
  expect(await redirects.count(leg('third'), 2)).toBe(false);
  expect(await redirects.count({ callId: 'elsewhere', serverCallId: 'another' }, 2)).toBe(true);
});

test('a redirect that is removed while another is counted beside it leaves its number free', async () => {
  await redirects.count(leg('first'), 2);
  tables.onPass = async ({ method }, moment) => {
    if (method === 'GET' && moment === 'request') {
      tables.onPass = () => {};
      await redirects.remove(leg('first'));
    }
  };
  expect(await redirects.count(leg('second'), 2)).toBe(true);
  expect(await redirects.count(leg('third'), 2)).toBe(true);
  expect(await redirects.count(leg('fourth'), 2)).toBe(false);
});
