import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('events'), log: log.sink });
});
afterAll(() => host.close());

const get = async (path: string) => (await (await fetch(`${host.url}/admin/${path}`)).json()) as object;

it('lists the functions by name', async () => {
  expect(await get('functions')).toMatchObject([{ name: 'many' }, { name: 'single' }]);
});

it('has no keys where every door is open', async () => {
  for (const scope of ['host/keys', 'host/functionkeys', 'host/systemkeys', 'functions/single/keys']) {
    expect(await get(scope)).toMatchObject({ keys: [] });
  }
  expect((await fetch(`${host.url}/admin/host/systemkeys/_master`)).status).toBe(404);
});

it('logs why it could not run a function by hand', async () => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"input":"no JSON"}' };

  await fetch(`${host.url}/admin/functions/single`, init);

  const [entry] = await log.matching(({ category, level }) => category === 'Function.single' && level === 'error');
  expect(entry?.message).toMatch(/^Could not run "single" by hand: /);
});
