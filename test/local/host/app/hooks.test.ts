import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('hooked'), log: log.sink });
});
afterAll(() => host.close());

const get = (path: string) => fetch(`${host.url}/api/${path}`);

it('runs hooks in order around a function, with data of their own invocation', async () => {
  await get('replaced');

  const order = (await (await get('order')).json()) as string[];

  expect(order[0]).toBe('appStart');
  expect(order.slice(1, 3)).toEqual(['before replaced', 'after replaced with before']);
});

it('lets a hook before the function replace it', async () => {
  expect(await (await get('replaced')).text()).toBe('replaced');
});

it('lets a hook after the function mend its error', async () => {
  const response = await get('fails');

  expect(response.status).toBe(503);
  expect(await response.text()).toBe('mended');
});

it('takes log lines of postInvocation hooks without a warning', async () => {
  await get('replaced');

  expect(log.messagesOf('replaced')).toContain('logged after the function');
  expect(log.entries.filter(({ level, functionName }) => level === 'warning' && functionName === 'replaced')).toEqual(
    [],
  );
});

it('lets log hooks change message and level, and shows the levels of host.json only', async () => {
  await get('logs');
  await log.executed('logs');

  const lines = log.entries.filter(({ category }) => category === 'Function.logs.User');
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'information ***',
    'critical urgent',
    'information logged after the function',
  ]);
});

it('offers the whole core module to CommonJS too', async () => {
  const core = (await (await get('core')).json()) as Record<string, unknown>;

  expect(core).toEqual({
    version: expect.stringMatching(/^3\./),
    hostVersion: expect.stringMatching(/^4\./),
    unknownHook: { name: 'RangeError', message: expect.stringContaining('"beforeLunch"'), isSystem: true },
    late: 'Functions can be registered only while the app loads.',
    model: '@azure/functions',
    disposable: 'function',
  });
  expect(log.entries).toContainEqual(
    expect.objectContaining({ category: 'Worker.system', message: 'loaded by CommonJS' }),
  );
});

it('runs the appTerminate hooks when it closes', async () => {
  const warned = once(process, 'warning');

  await host.close();

  expect(String((await warned)[0])).toContain('appTerminate after start true');
});
