/** The command `switchboard` against the running product: what it prints, what it sends, and how it ends. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completionScripts } from '../../../client/cli/completion.ts';
import { eventually } from '../../support/api.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { fault, party, withoutTimers } from '../../support/wire.ts';
import { environmentOf, runCommand } from './command.ts';

const [guest, callerId] = ['+14255550171', '+14255550100'];
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, STREAM_HEARTBEAT_SECONDS: '1' });
  await party(board, guest, { onRing: 'answer' });
});
afterAll(() => board.close());

const environment = () => environmentOf(board.url);
const run = (args: readonly string[], env = environment()) => runCommand(args, env);

test('calls a number, lists the call, shows and ends it', async () => {
  const { code, stdout } = await run(['call', guest, '--caller-id', callerId]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^status +succeeded$/m)]);
  const id = /^callId +(\S+)$/m.exec(stdout)?.[1] ?? '';

  const list = await eventually(
    () => run(['calls', 'list', '--limit', '5', '--from', callerId]),
    ({ stdout }) => stdout.includes(id),
  );
  expect(list.stdout).toMatch(/^callId +status/);
  expect(list.stdout).toMatch(new RegExp(`^${id}  connected +outbound`, 'm'));
  expect((await run(['calls', 'get', id])).stdout).toMatch(/^status +connected$/m);
  expect(JSON.parse((await run(['export', id])).stdout)).toEqual(expect.any(Object));
  const hangUp = await run(['--json', 'calls', 'hang-up', id, '--for-everyone']);
  expect(JSON.parse(hangUp.stdout)).toMatchObject({ name: 'hangUp', status: 'succeeded' });
});

test('calls tail prints what happens to a call, and ends when the call is over', async () => {
  const { stdout } = await run(['--json', 'calls', 'create', '--targets', guest, '--caller-id', callerId]);
  const { callId } = JSON.parse(stdout);
  const tail = run(['calls', 'tail', callId]);
  await run(['calls', 'hang-up', callId, '--for-everyone']);
  const { code, stdout: lines } = await tail;
  expect(code).toBe(0);
  expect(lines).toMatch(/^timeline {2}\S+ {2}settled {2}createCall {2}.*succeeded/m);
  expect(lines.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^call {6}${callId}  disconnected`));
});

test('colours where they are asked for, and none with NO_COLOR', async () => {
  const coloured = await run(['health'], { ...environment(), NO_COLOR: undefined, FORCE_COLOR: '1' });

  expect(coloured.stdout).toContain('\u001b[36m');
  expect((await run(['health'])).stdout).not.toContain('\u001b');
});

test('ends with a code of its own for a refusal, a wrong command, no answer, and an operation without success', async () => {
  const refused = await run(['calls', 'create', '--targets', 'nobody']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^422 invalidInput: .*\n.*\n {2}targets\[0\]: /);
  expect(refused.stderr).toMatch(/^what it means: https:.*#invalidInput$/m);
  expect((await run(['calls', 'get', 'none', '--json'])).stderr).toMatch(/^\{.*"code":"callNotFound"/);

  const wrong = await run(['calls', 'get']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('"calls get" takes <callId>')]);
  expect(await run(['dance'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no command "dance"'),
  });

  const alone = await run(['health', '--url', 'http://127.0.0.1:9']);
  expect([alone.code, alone.stderr]).toEqual([3, expect.stringContaining('what to do: start it with "npm run dev"')]);

  await party(board, '+14255550172', { onRing: 'decline' });
  expect(await run(['call', '+14255550172', '--caller-id', callerId])).toMatchObject({
    code: 4,
    stdout: expect.stringMatching(/^status +failed$/m),
  });
});

test('explains the routing of a call, whose numbers are in no URL', async () => {
  await run([
    'routing-rules',
    'put',
    'desk',
    '--priority',
    '1',
    '--action',
    '{"kind":"answer"}',
    '--match',
    '{"to":"+14255550108"}',
  ]);
  const { stdout } = await run(['routing', 'explain', '--from', guest, '--to', '+14255550108']);

  expect(stdout).toMatch(/desk/);
  expect(await run(['routing-rules', 'delete', 'desk'])).toMatchObject({ code: 0, stdout: 'done\n' });
});

test('sends the key of SWITCHBOARD_KEY or --key', async () => {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    response.writeHead(401).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const { code, stderr } = await run(['health'], { ...environment(), SWITCHBOARD_URL: url, SWITCHBOARD_KEY: 'one' });
  await run(['health', '--url', url, '--key', 'two']);
  server.close();

  expect([code, stderr]).toEqual([1, 'The API answered 401.\nwhat to do: give a key by --key or SWITCHBOARD_KEY\n']);
  expect(keys).toEqual(['Bearer one', 'Bearer two']);
});

test('gives the key to no storage to which a file is redirected, and writes the file', async () => {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer(({ url, headers }, response) => {
    asked.push(headers);
    const isFirst = url?.startsWith('/api');
    response
      .writeHead(isFirst ? 302 : 200, isFirst ? { location: `http://127.0.0.1:${port()}/blob` } : {})
      .end(isFirst ? '' : 'RIFF');
  });
  const port = () => (server.address() as AddressInfo).port;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-cli-'));
  const options = ['--url', `http://127.0.0.1:${port()}`, '--key', 'secret', '--output', join(folder, 'call.wav')];
  const { code } = await run(['recordings', 'content', 'r', ...options]);
  server.close();

  expect(code).toBe(0);
  expect(await readFile(join(folder, 'call.wav'), 'utf8')).toBe('RIFF');
  expect(asked.map((headers) => headers.authorization)).toEqual(['Bearer secret', undefined]);
  await rm(folder, { recursive: true });
});

test('follows a stream of events, continues it after the last event when it is cut, reports an outage once, and ends when there is no more', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url, headers }, response) => {
    asked.push(`${url} ${headers['last-event-id'] ?? ''}`);
    const answers = [
      () =>
        response
          .writeHead(200)
          .end('retry: 1\n\nid: 1\nevent: call\ndata: {"callId":"c","status":"connected"}\n\nid: 2\n'),
      () => response.writeHead(200).flushHeaders() ?? response.write('id: 3\ndata: {}\n\n', () => response.destroy()),
      () => response.destroy(),
      () => response.destroy(),
      () => response.writeHead(204).end(),
    ];
    answers[asked.length - 1]?.();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await run(['calls', 'tail', 'c', '--url', url]);
  server.close();

  expect([code, stdout]).toEqual([0, 'call      c  connected\nmessage   {}\n']);
  expect(stderr.match(/does not respond/g)).toHaveLength(1);
  expect(asked.map((one) => one?.replace('/api/calls/c/stream ', ''))).toEqual(['', '1', '3', '3', '3']);
});

test('a refused ACS request ends with the problem and the id of its operation', async () => {
  await fault(board, 'createCall', { status: 403 });
  const { code, stderr } = await run(['call', guest, '--caller-id', callerId]);

  expect([code, stderr]).toEqual([1, expect.stringMatching(/operationId +[0-9a-f-]{36}/)]);
});

test('lists its commands, the options of one, and the completion of shells', async () => {
  expect((await run(['--help'])).stdout).toContain('calls hang-up <callId>');
  expect((await run([])).code).toBe(2);
  expect((await run(['calls', 'create', '--help'])).stdout).toContain('--caller-id <string>');
  expect((await run(['webhooks', 'listen', '--help'])).stdout).toContain('webhooks listen');
  for (const shell of Object.keys(completionScripts)) {
    expect((await run(['completion', shell])).stdout).toBe(completionScripts[shell]);
  }
  expect(await run(['completion', 'csh'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('bash, zsh, fish'),
  });
  expect((await run(['__complete', 'calls'])).stdout.split('\n')).toEqual(
    expect.arrayContaining(['list', 'tail', 'hang-up']),
  );
});
