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

function run(name: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${host.url}/admin/functions/${name}`, { method: 'POST', headers: { 'content-type': type }, body });
}

it('tells state and version', async () => {
  expect(await get('host/status')).toMatchObject({ state: 'Running', version: expect.stringMatching(/^4\./) });
  expect((await fetch(`${host.url}/admin/host/ping`)).status).toBe(200);
});

it('lists the functions with their bindings', async () => {
  expect(await get('functions')).toHaveLength(2);
  expect(await get('functions/SINGLE')).toMatchObject({
    name: 'single',
    invoke_url_template: `${host.url}/runtime/webhooks/EventGrid?functionName=single`,
    config: { bindings: [{ type: 'eventGridTrigger', direction: 'in' }] },
  });
});

it('runs a function with the input that it is given', async () => {
  const event = { id: '1', eventType: 't', subject: 's', data: 1 };

  const response = await run('single', JSON.stringify({ input: JSON.stringify(event) }));
  await log.executed('single');

  expect(response.status).toBe(202);
  expect(JSON.parse(log.messagesOf('single')[0] ?? '')).toMatchObject({ event });
});

it.each([
  [415, 'a form', 'single', 'input=1', 'text/plain'],
  [400, 'JSON that does not parse', 'single', '{', 'application/json'],
  [400, 'an input that is no event', 'single', '{"input":"{}"}', 'application/json'],
  [404, 'an unknown function', 'nobody', '{}', 'application/json'],
])('answers %i to %s', async (status, _, name, body, type) => {
  expect((await run(name, body, type)).status).toBe(status);
});

it('answers 404 to what it does not have', async () => {
  expect((await fetch(`${host.url}/admin/vfs/home`)).status).toBe(404);
});
