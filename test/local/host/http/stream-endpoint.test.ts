import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('streaming'), log: log.sink });
});
afterAll(() => host.close());

it('streams what a function yields', async () => {
  const response = await fetch(`${host.url}/api/count`);

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.has('content-length')).toBe(false);
  expect(await response.text()).toBe('one two three');
});

it('passes URL, headers, parameters and a streamed body on', async () => {
  const body = new Blob(['streamed ', 'body']).stream();
  const init = { method: 'POST', headers: { 'x-seen': 'yes' }, body, duplex: 'half' } as RequestInit;

  const response = await fetch(`${host.url}/api/echo/a%20b?q=1`, init);

  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['one=1']);
  expect(await response.json()).toEqual({
    name: 'a b',
    url: `${host.url}/api/echo/a%20b?q=1`,
    seen: 'yes',
    body: 'streamed body',
  });
});

it('sends parts before the last of the twenty has come, and survives a client that leaves then', async () => {
  const leaving = new AbortController();
  const response = await fetch(`${host.url}/api/drip`, { signal: leaving.signal });
  const first = await response.body?.getReader().read();

  leaving.abort();
  await log.executed('drip');

  expect(new TextDecoder().decode(first?.value)).toMatch(/^(drop ){1,19}$/);
  expect(await (await fetch(`${host.url}/api/count`)).text()).toBe('one two three');
});

it('stays up when many requests come at once', async () => {
  const responses = await Promise.all(Array.from({ length: 50 }, () => fetch(`${host.url}/api/count`)));

  expect(new Set(await Promise.all(responses.map((response) => response.text())))).toEqual(new Set(['one two three']));
});
