import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../local/dev/ports.ts';
import { eventually } from '../../support/api.ts';
import { appRoot } from './support/apps.ts';
import { RunningHost, runHost } from './support/command.ts';

const urlOf = async (host: RunningHost) => (await host.printed(/http:\/\/127\.0\.0\.1:\d+/))[0];

let host: RunningHost;
let url: string;
beforeAll(async () => {
  host = new RunningHost('--root', appRoot('slow'), '--port', '0', '--log', 'json');
  url = await urlOf(host);
});
afterAll(() => host.stop());

it('prints its functions with their URLs, aligned, in order of name', async () => {
  const [list] = await host.printed(/Functions:\n\n(.*\n)+?\n/);

  expect(list.trimEnd().split('\n').slice(2)).toEqual([
    `  chatty:          [GET] ${url}/api/chatty`,
    `  leavesRejection: [GET] ${url}/api/leavesRejection`,
    `  slow:            [POST] ${url}/api/slow`,
  ]);
});

it('logs JSON lines of the levels that host.json asks for', async () => {
  await fetch(`${url}/api/chatty`);

  const [line] = await host.printed(/^\{.*"message":"traced".*\}$/m);

  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    level: 'trace',
    category: 'Function.chatty.User',
    message: 'traced',
    functionName: 'chatty',
    invocationId: expect.any(String),
  });
});

it.each(['json', 'off'])(
  'names the function whose rejection was not handled and ends, with --log %s',
  async (format) => {
    const port = await freePort();
    const ending = new RunningHost('--root', appRoot('slow'), '--port', `${port}`, '--log', format);
    const at = `http://127.0.0.1:${port}/api`;
    await eventually(
      () =>
        fetch(`${at}/chatty`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 204 || status === 200,
    );
    const answered = fetch(`${at}/leavesRejection`).catch(() => undefined);

    if (format === 'json') {
      await ending.printed(/"critical".*Unhandled rejection in function \\"leavesRejection\\": Error: not awaited/);
    }
    await ending.printed(/^Unhandled rejection in function "leavesRejection": Error: not awaited[\s\S]*The host ends/m);

    expect(await ending.exited).toBe(1);
    await answered;
  },
);

it('fails a function that runs longer than functionTimeout', async () => {
  const response = await fetch(`${url}/api/slow?ms=60000`, { method: 'POST' });

  expect(response.status).toBe(500);
  await host.printed(/Function \\"slow\\" ran longer than the functionTimeout/);
});

it('lets a request in flight finish when it is signaled to stop', async () => {
  const stopping = new RunningHost('--root', appRoot('slow'), '--port', '0');
  const request = fetch(`${await urlOf(stopping)}/api/slow?ms=500`, { method: 'POST' });
  await stopping.printed(/started/);

  stopping.child.kill('SIGINT');

  expect(await (await request).text()).toBe('slow but done');
  expect(await stopping.exited).toBe(0);
});

it('names the port and the flag when the port is in use', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;

  const { exitCode, stderr } = await runHost(['--root', appRoot('slow'), '--port', String(port)]);
  blocker.close();

  expect(stderr).toBe(`Port ${port} is in use: stop what listens there or choose another with --port.\n`);
  expect(exitCode).toBe(1);
});

it('prints how it is used', async () => {
  const { exitCode, stdout } = await runHost(['--help']);

  expect(stdout).toMatch(/^Usage: /);
  expect(exitCode).toBe(0);
});
