import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statusAt } from '../../../local/dev/answers.ts';
import { startCommand } from '../../../local/dev/banner.ts';
import { assertPortsFree, freePorts, type Ports, portNames, portsFrom, portTable } from '../../../local/dev/ports.ts';
import { urlAt } from '../../../local/dev/settings.ts';
import { controlClient } from '../../../local/emulator/index.ts';
import { apiAt, eventually } from '../../support/api.ts';
import { Command, stillRunning } from './support/command.ts';

const run = promisify(execFile);
const started = 'Ctrl-C stops everything.';
let data: string;
let ports: Ports;
let dev: Command;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'switchboard-dev-'));
  ports = await freePorts();
});

afterEach(async () => {
  dev.child.kill('SIGINT');
  await dev.ended;
  await rm(data, { recursive: true, force: true });
});

function startDev(...flags: string[]): Command {
  const chosen = portNames.flatMap((name) => [`--${portTable[name].flag}`, String(ports[name])]);
  return new Command('local/dev.js', '--data', data, ...chosen, ...flags);
}

/** A process that is not awaited may be gone before its sockets are. */
async function areFree(): Promise<boolean> {
  return assertPortsFree(ports).then(
    () => true,
    () => false,
  );
}

/** What a command line prints, as JSON. */
async function answerTo(commandLine: string) {
  const { stdout } = await run('sh', ['-c', commandLine]);
  return JSON.parse(stdout);
}

it('runs everything, prints URLs and commands that work, and leaves nothing behind after Ctrl-C', async () => {
  dev = startDev();
  await dev.printed(started);

  const urls = [...dev.output.matchAll(/^ +\w.* (http:\S+)$/gm)].map(([, url]) => url ?? '');
  const statuses = await Promise.all(urls.map(statusAt));
  expect(statuses.filter((status = 599) => status < 500)).toHaveLength(10);
  const commands = [...dev.output.matchAll(/^ {2}(curl .+)$/gm)].map(([, command]) => command ?? '');
  const [call = '', ring = '', look = ''] = commands;
  expect(await answerTo(call)).toMatchObject({ name: 'createCall', status: 'succeeded' });
  await answerTo(ring);
  const ringing = await eventually(
    () => answerTo(look),
    ({ items }) => items.length > 0,
  );
  expect(ringing.items).toMatchObject([{ from: '+14255550123', to: '+14255550100', status: 'ringing' }]);
  // Other users cannot read the key that encrypts secrets.
  expect((await stat(join(data, 'host', 'encryption-key'))).mode & 0o777).toBe(0o600);
  const children = await dev.descendants();
  dev.child.kill('SIGINT');

  expect(await dev.ended).toBe(0);
  expect(children.length).toBeGreaterThanOrEqual(4);
  expect(await stillRunning(children)).toEqual([]);
  await assertPortsFree(ports);
});

it('waits for a request in flight after Ctrl-C, and no longer after a second one', async () => {
  dev = startDev();
  await dev.printed(started);
  const control = controlClient(urlAt(ports.emulator));
  await control.put('parties/+14255550123', { onRing: 'noAnswer' });
  const asked = apiAt(`${urlAt(ports.host)}/api`)(
    'POST',
    'calls',
    { targets: ['+14255550123'], callerId: '+14255550100' },
    { prefer: 'wait=30' },
  ).catch(() => 'cut');
  await eventually(
    () => control.get('calls'),
    (answer) => JSON.stringify(answer).includes('callConnectionId'),
  );
  const children = await dev.descendants();
  dev.child.kill('SIGINT');
  await dev.printed('Stopping.');
  expect(await stillRunning(children)).toEqual(children);

  // The first one is repeated by npm at once; only a later one counts.
  await eventually(
    async () => dev.child.kill('SIGINT'),
    () => dev.child.exitCode !== null,
  );
  expect([await dev.ended, await asked]).toEqual([130, 'cut']);
  await eventually(
    () => stillRunning(children),
    (pids) => pids.length === 0,
  );
});

it('stops what it has started when it is interrupted on the way', async () => {
  dev = startDev();
  const children = await eventually(
    () => dev.descendants(),
    (pids) => pids.length > 0,
  );
  dev.child.kill('SIGTERM');

  expect(await dev.ended).toBe(0);
  expect(dev.output).not.toContain(started);
  expect(await stillRunning(children)).toEqual([]);
});

it('subscribes the app of another host once it serves, says what is in the way until then, and does not outlive its own death', async () => {
  dev = startDev('--no-host', '--quiet');
  await dev.printed(`Waiting for the app at ${urlAt(ports.host)}`);
  let healthStatus = 404;
  let asksForKeys = true;
  const runByHand: (string | undefined)[] = [];
  const otherHost = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      if (request.url?.startsWith('/admin/')) {
        runByHand.push(request.url);
        response.writeHead(401).end();
        return;
      }
      const [{ data: sent }] = JSON.parse(body);
      response.statusCode = asksForKeys ? 401 : 200;
      response.end(JSON.stringify({ validationResponse: sent.validationCode }));
    });
    if (request.method === 'GET') {
      response.statusCode = healthStatus;
      response.end();
    }
  });
  await once(otherHost.listen(ports.host, '127.0.0.1'), 'listening');
  await dev.printed('answers 404: the host runs, but has no functions');
  healthStatus = 503;
  await dev.printed('answers 503: the app runs, but cannot reach its storage');
  healthStatus = 500;
  await dev.printed('answers 500: the output of the host says why');
  healthStatus = 200;
  await dev.printed('it answered 401 instead of 200');
  asksForKeys = false;
  await dev.printed('incoming calls ring there');
  await dev.printed(
    `Calls of an earlier run end within 15 minutes: ${urlAt(ports.host)}/admin/functions/reconciliation`,
  );
  expect(runByHand).toEqual(['/admin/functions/reconciliation']);
  expect(dev.output.match(/answers 404/g)).toHaveLength(1);

  const subscriptions = await controlClient(urlAt(ports.emulator)).get('event-grid/subscriptions');
  expect(subscriptions).toMatchObject({
    subscriptions: [
      { endpoint: `${urlAt(ports.host)}/runtime/webhooks/EventGrid?functionName=incomingCall` },
      { endpoint: `${urlAt(ports.queue)}/devstoreaccount1/incoming-calls` },
      { endpoint: `${urlAt(ports.queue)}/devstoreaccount1/recording-files` },
      { endpoint: `${urlAt(ports.queue)}/devstoreaccount1/call-events` },
    ],
  });
  otherHost.closeAllConnections();
  otherHost.close();
  const children = await dev.descendants();
  dev.child.kill('SIGKILL');

  const isGone = async () => (await stillRunning(children)).length === 0 && (await areFree());
  await eventually(isGone, (gone) => gone);
});

it('stops everything and says why when a part ends by itself', async () => {
  dev = startDev('--no-host');
  await dev.printed('npm start -- --port');
  const [someone, ...others] = await dev.descendants();
  if (someone !== undefined) {
    process.kill(someone, 'SIGKILL');
  }

  expect(await dev.ended).toBe(1);
  expect(dev.output).toMatch(/^The (storage|emulator) ended \(SIGKILL\)\. Its last output:$/m);
  expect(await stillRunning(others)).toEqual([]);
});

it('names a busy port and what wanted it, and starts nothing', async () => {
  const holder = createServer().listen(ports.queue, '127.0.0.1');
  await once(holder, 'listening');
  dev = startDev();

  expect(await dev.ended).toBe(1);
  expect(dev.output).toContain(`${ports.queue} for queue storage (Azurite); choose another with --queue-port`);
  holder.close();
});

it('prints the command that starts the app on ports of its own, with every setting that those ports need', () => {
  const usual = portsFrom((name) => portTable[name].usual);
  const moved = { ...usual, host: 7171, table: 10_102 };
  const command = (some: typeof usual, platform: NodeJS.Platform = 'linux') =>
    startCommand({ ports: some, dataDirectory: '/data' }, platform);
  const key = `ENCRYPTION_KEY_FILE='${join('/data', 'host', 'encryption-key')}' `;

  expect(command(usual)).toBe(`${key}npm start`);
  expect(command({ ...usual, host: 7171 })).toBe(
    `PUBLIC_BASE_URL='http://127.0.0.1:7171' ${key}npm start -- --port 7171`,
  );
  expect(command(moved)).toMatch(/^AzureWebJobsStorage='.*TableEndpoint=http:\/\/127.0.0.1:10102\/.*' PUBLIC/);
  expect(command(moved, 'win32')).toMatch(
    /^\$env:AzureWebJobsStorage='.*'; \$env:PUBLIC_BASE_URL='http:\/\/127.0.0.1:7171'; \$env:ENCRYPTION_KEY_FILE='.*'; npm start -- --port 7171$/,
  );
});
