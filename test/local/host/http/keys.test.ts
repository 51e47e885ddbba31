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

async function status(path: string, key?: string): Promise<number[]> {
  const byHeader = await fetch(`${host.url}/${path}`, key === undefined ? {} : { headers: { 'x-functions-key': key } });
  const separator = path.includes('?') ? '&' : '?';
  const byQuery = await fetch(
    `${host.url}/${path}${key === undefined ? '' : `${separator}code=${encodeURIComponent(key)}`}`,
  );
  return [byHeader.status, byQuery.status];
}

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

it('asks nothing of who calls an anonymous function', async () => {
  expect(await status('api/anonymousDoor')).toEqual([200, 200]);
});

it('opens a function to its own key, the host key and the master key', async () => {
  const opening = [keys.functions.functionDoor, keys.host, keys.master];

  for (const key of opening) {
    expect(await status('api/functionDoor', key)).toEqual([200, 200]);
  }
  for (const key of [undefined, '', 'wrong', keys.functions.otherDoor]) {
    expect(await status('api/functionDoor', key)).toEqual([401, 401]);
  }
});

it('opens an admin function to the master key alone', async () => {
  expect(await status('api/masterDoor', keys.master)).toEqual([200, 200]);
  for (const key of [undefined, keys.host, keys.functions.masterDoor]) {
    expect(await status('api/masterDoor', key)).toEqual([401, 401]);
  }
});

it('opens the admin area to the master key alone', async () => {
  expect(await status('admin/host/status', keys.master)).toEqual([200, 200]);
  expect(await status('admin/host/status', keys.host)).toEqual([401, 401]);
});

it('opens the Event Grid webhook to its system key', async () => {
  const webhook = `${host.url}/runtime/webhooks/EventGrid?functionName=events`;
  const init = { method: 'POST', headers: { 'aeg-event-type': 'Unsubscribe' } };

  expect((await fetch(webhook, init)).status).toBe(401);
  expect((await fetch(`${webhook}&code=${keys.system.eventgrid_extension}`, init)).status).toBe(202);
});
