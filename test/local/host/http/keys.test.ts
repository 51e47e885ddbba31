import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot, temporaryData } from '../support/apps.ts';

type Keys = { master: string; host: string; functions: Record<string, string>; system: Record<string, string> };

const data = await temporaryData();
let host: Host;
let keys: Keys;

beforeAll(async () => {
  host = await startHost({ root: appRoot('guarded'), enableAuth: true, dataDirectory: data.path, log: 'off' });
  keys = JSON.parse(await readFile(join(data.path, 'keys.json'), 'utf8')) as Keys;
});
afterAll(async () => {
  await host.close();
  await data.remove();
});

it('keeps a key for each function in a file that only its owner can read', async () => {
  const { mode } = await stat(join(data.path, 'keys.json'));

  expect(mode & 0o777).toBe(0o600);
  expect(Object.keys(keys.functions).sort()).toEqual([
    'anonymousDoor',
    'events',
    'functionDoor',
    'masterDoor',
    'otherDoor',
  ]);
  expect(Object.keys(keys.system)).toEqual(['eventgrid_extension', 'durabletask_extension']);
});

it('says where keys are changed', async () => {
  const headers = { 'x-functions-key': keys.master };
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const response = await fetch(`${host.url}/admin/host/keys/default`, { method, headers });

    expect(response.status).toBe(501);
    expect(await response.text()).toContain('keys.json');
  }
});
