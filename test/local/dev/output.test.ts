/** What `npm run dev` prints while calls are made, and what it does with the state of an earlier run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePorts, type Ports, portNames, portTable } from '../../../local/dev/ports.ts';
import { urlAt } from '../../../local/dev/settings.ts';
import { controlClient } from '../../../local/emulator/index.ts';
import { apiAt, eventually } from '../../support/api.ts';
import { Command } from './support/command.ts';

const started = 'Ctrl-C stops everything.';
const [guest, business] = ['+14255550123', '+14255550100'];
let data: string;
let ports: Ports;
let dev: Command;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'switchboard-dev-'));
  ports = await freePorts();
});

afterEach(async () => {
  await stop();
  await rm(data, { recursive: true, force: true });
});

async function startDev(...flags: string[]): Promise<void> {
  dev = commandWith(ports, ...flags);
  await dev.printed(started);
}

function commandWith(chosen: Ports, ...flags: string[]): Command {
  const portFlags = portNames.flatMap((name) => [`--${portTable[name].flag}`, String(chosen[name])]);
  return new Command('local/dev.js', '--data', data, ...portFlags, ...flags);
}

async function stop(): Promise<void> {
  dev.child.kill('SIGINT');
  await dev.ended;
}

const api = (method: string, path: string, body?: object) =>
  apiAt(`${urlAt(ports.host)}/api`)(method, path, body, { prefer: 'wait=20' });

const ring = (to: string) => controlClient(urlAt(ports.emulator)).post('incoming-calls', { from: guest, to });

const short = (id: string) => `${id.slice(0, 8)}…`;

/** What a line says after its time. */
const said = () => dev.output.match(/^\d\d:\d\d:\d\d\.\d{3} {2}.*$/gm)?.map((line) => line.slice(14)) ?? [];

it('prints a line for each thing that happens to calls, and how long each part took to start', async () => {
  await startDev();
  expect(dev.output.match(/^ {2}✓ (storage|emulator|app) +\d+\.\d s$/gm)).toHaveLength(3);
  expect(dev.output).not.toContain('\u001b');
  await api('PUT', 'routing-rules/desk', { priority: 1, match: { to: business }, action: { kind: 'answer' } });
  await ring(business);
  await dev.printed('answerCall');
  const { callId } = (await api('POST', 'calls', { targets: [guest], callerId: business })).body;
  await api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  await dev.printed('hangUp of call');

  const lines = await eventually(
    async () => said(),
    (all) => all.some((line) => /hangUp of call .* succeeded/.test(line)) && all.some((line) => /has ended/.test(line)),
  );
  expect(lines).toContain(`people    ${guest} calls ${business}`);
  expect(lines).toContainEqual(expect.stringMatching(/^app {7}incoming call [0-9a-f]{8}…: rule desk applies, answer$/));
  const call = short(callId);
  const ofCall = lines.filter((line) => line.includes(call));
  expect(ofCall).toEqual(
    expect.arrayContaining([
      `app       call ${call}: ${business} calls ${guest}`,
      `ACS       takes createCall of call ${call}`,
      `app       call ${call} is connected`,
      `app       createCall of call ${call} succeeded, by event`,
      expect.stringMatching(/^app {7}call .{9} has ended/),
    ]),
  );
  expect(lines.join('\n')).not.toMatch(/Executing|Executed|\/calling\//);
});

it('ends the calls that an earlier run left open, and takes no new call for one of them', async () => {
  await startDev();
  const { callId } = (await api('POST', 'calls', { targets: [guest], callerId: business })).body;
  await ring(business);
  await dev.printed('incoming call');
  await stop();
  await startDev();
  await dev.printed(`call ${short(callId)} has ended`);
  await dev.printed(`does not know call ${short(callId)}`);
  expect((await api('GET', `calls/${callId}`)).body).toMatchObject({ status: 'disconnected' });

  // The first call of a run has the same ids in each run of an emulator that starts from one seed.
  await api('POST', 'calls', { targets: [guest], callerId: business });
  await ring(business);
  const listed = await eventually(
    () => api('GET', 'incoming-calls'),
    ({ body }) => body.items.length > 1,
  );
  expect(listed.body.items).toHaveLength(2);
});

it('prints what the parts print with --verbose, and errors only with --quiet', async () => {
  await startDev('--verbose');
  await api('POST', 'calls', { targets: [guest], callerId: business });
  await dev.printed("Executed 'createCall' (Succeeded)");
  expect(dev.output).toMatch(/^emulator \| +\d+ response POST \/calling\/callConnections\S+ createCall 201$/m);
  await stop();
  await startDev('--quiet', '--fresh');
  expect(dev.output).not.toMatch(/^Starting|✓/m);
  expect((await api('GET', 'calls')).body.items).toEqual([]);
  await api('POST', 'calls', { targets: [guest], callerId: business });
  await controlClient(urlAt(ports.emulator)).post('faults', { match: 'createCall', do: { status: 403 } });
  await api('POST', 'calls', { targets: [guest], callerId: business });
  await dev.printed('ACS       refuses createCall');
  expect(said().filter((line) => /succeeded|is connected|takes/.test(line))).toEqual([]);
  await stop();
  expect(dev.output).not.toContain('Stopping.');
});

it('refuses a data folder that another run uses, says which and what to do, and starts nothing', async () => {
  await startDev('--no-host');
  const other = commandWith(await freePorts());

  expect(await other.ended).toBe(1);
  const holder = `by the run at ${urlAt(ports.host)} (process ${dev.child.pid})`;
  expect(other.output).toBe(
    `The data folder ${data} is in use ${holder}: stop that run, or choose another folder with --data.\n`,
  );
});
