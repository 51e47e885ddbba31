/** The host is killed in the middle of erasures; after its restart they end, and nothing of the people is left. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { runTimer } from '../scenarios/recordings.ts';
import { type Api, apiAt, eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type PassThrough, quiet, startProxy } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, subscribe } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('kills the host');

let emulator: Emulator;
let storage: PassThrough;
let settings: Record<string, string>;
let host: HostProcess;
let port: number;
let url: string;
let api: Api;
const logged: string[] = [];

const start = (own: Readonly<Record<string, string>> = {}) =>
  startHostProcess(port, { ...settings, ...own }, (line) => logged.push(line));

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  storage = await startProxy(/TableEndpoint=(http:\/\/[^/]+)/.exec(inject('storage'))?.[1] ?? '');
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, emulator.url, storage.url, url)),
    ...withoutTimers,
    ERASURE_SETTLE_SECONDS: '1',
  };
  storage.only = String(settings.TABLE_PREFIX);
  host = await start();
  api = apiAt(`${url}/api`);
  await subscribe(emulator, url, settings.TABLE_PREFIX ?? '');
});
afterAll(async () => {
  await host.kill();
  await Promise.all([emulator.close(), storage.close()]);
});

/** A call of the person with a recording in the archive, which is over. */
async function aRecordedCall(person: string): Promise<void> {
  const callId = await connectedCall(api, [person]);
  const { body } = await api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  await api('POST', `recordings/${recordingId}/stop`);
  await eventually(
    () => api('GET', `recordings/${recordingId}`),
    (answer) => answer.body.status === 'archived',
  );
  await api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    () => api('GET', `calls/${callId}`),
    (answer) => answer.body.status === 'disconnected',
  );
  await quiet(storage);
}

/** Kills the host at the n-th request to Table Storage, before the request arrives or before its answer does. */
function killAt(index: number, at: 'request' | 'answer'): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    storage.onPass = async (_, moment) => {
      seen += moment === 'request' ? 1 : 0;
      if (seen >= index && moment === at) {
        storage.onPass = () => {};
        await host.kill();
        resolve();
        throw new Error('the host was killed');
      }
    };
  });
}

/** Moments from the request for the erasure to the removal of what it found. */
const moments = [3, 9, 15, 21, 27, 33].map((index, at) => ({
  index,
  moment: at % 2 === 0 ? ('request' as const) : ('answer' as const),
  person: `+1425817${4000 + at}`,
  erasureId: randomUUID(),
}));

test('erasures in whose midst the host is killed end after its restart, and leave nothing of the people', async () => {
  for (const { index, moment, person, erasureId } of moments) {
    await aRecordedCall(person);
    const died = killAt(index, moment);
    const erase = () => api('POST', 'erasures', { participant: person }, { 'idempotency-key': erasureId });
    await erase().catch(() => undefined);
    await died;
    host = await start();
    const { status, body } = await erase();
    expect([status, body.erasureId, body.completedAt], `at request ${index}`).toEqual([202, erasureId, undefined]);
  }
  await host.kill();
  host = await start({ 'AzureWebJobs.erasure.Disabled': 'false' });

  // The leases of the processes that were killed end within a minute.
  const receipts = await eventually(
    async () => {
      await runTimer({ url }, 'erasure');
      return Promise.all(moments.map(async ({ erasureId }) => (await api('GET', `erasures/${erasureId}`)).body));
    },
    (all) => all.every(({ completedAt }) => completedAt !== undefined),
  );
  for (const receipt of receipts) {
    expect(receipt).toMatchObject({ status: 'completed', removed: { calls: 1, recordings: 1 }, kept: [] });
  }
  const stored = await everythingStored([settings.TABLE_PREFIX ?? '', `h${settings.TABLE_PREFIX?.slice(1)}`]);
  for (const { person } of moments) {
    const left = stored.filter(({ text }) => text.includes(person.slice(1))).map(({ where }) => where);
    expect([person, left, logged.filter((line) => line.includes(person.slice(1)))]).toEqual([person, [], []]);
  }
});
