/** The host is killed in the middle of removing digits, speech and recordings; a later run removes the rest, and no call. */
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { runTimer } from '../scenarios/recordings.ts';
import { type Api, apiAt, eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type PassThrough, quiet, startProxy } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, subscribe } from '../support/switchboard.ts';
import { party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('kills the host');

let emulator: Emulator;
let storage: PassThrough;
let settings: Record<string, string>;
let host: HostProcess;
let port: number;
let url: string;
let api: Api;

const start = () => startHostProcess(port, settings);

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  storage = await startProxy(/TableEndpoint=(http:\/\/[^/]+)/.exec(inject('storage'))?.[1] ?? '');
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, emulator.url, storage.url, url)),
    ...withoutTimers,
    'AzureWebJobs.housekeeping.Disabled': 'false',
    'AzureWebJobs.reconciliation.Disabled': 'false',
    CONTENT_DAYS: '2',
    RECORDING_DAYS: '2',
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

const person = '+14258170001';
const digits = ['nine', 'eight', 'seven', 'six'];

/** A call in which digits were pressed, words said and a recording made, which has been over for three days; its id. */
async function anOldCall(word: string): Promise<string> {
  await party({ emulator }, person, { onRing: 'answer', afterMs: 0, then: [{ onListening: { press: '9876' } }] });
  const callId = await connectedCall(api, [person]);
  const { body } = await api('POST', `calls/${callId}/recordings`, { format: 'wav' });
  const { recordingId } = body.result;
  const listen = { participant: person, input: 'dtmf', maxTones: 4, prompt: { text: word } };
  const recognized = await api('POST', `calls/${callId}/media/recognize`, listen, { prefer: 'wait=20' });
  expect(recognized.body.result).toMatchObject({ tones: digits });
  await api('POST', `recordings/${recordingId}/stop`);
  await eventually(
    () => api('GET', `recordings/${recordingId}`),
    (answer) => answer.body.status === 'archived',
  );
  await api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    async () => {
      await runTimer({ url }, 'housekeeping');
      await quiet(storage);
      return stores().index.listOpen(10, undefined);
    },
    ({ items }) => items.length === 0,
  );
  const { index, calls } = stores();
  const stored = await calls.readCall(callId);
  const endedAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const record = { ...stored?.record, endedAt } as NonNullable<typeof stored>['record'];
  await calls.write({ call: { record, etag: String(stored?.etag) } });
  await index.close(record, []);
  return callId;
}

function stores() {
  const [at, prefix] = [{ connectionString: inject('storage') }, String(settings.TABLE_PREFIX)];
  return { index: openCallIndex(at, prefix), calls: openCalls(at, prefix) };
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

const left = async (word: string) => {
  const stored = await everythingStored([settings.TABLE_PREFIX ?? '']);
  return stored.filter(({ text }) => text.includes(word) || text.includes('"tones":["nine"')).map(({ where }) => where);
};

/** Moments from the first read of a run to the last row that it removes. */
const moments = [4, 8, 12, 16, 20, 24].map((index, at) => ({
  index,
  moment: at % 2 === 0 ? ('request' as const) : ('answer' as const),
  word: `Marzipan ${index}`,
}));

test('a run in whose midst the host is killed is finished by the next, and the call stays whole', async () => {
  for (const { index, moment, word } of moments) {
    const callId = await anOldCall(word);
    const before = (await api('GET', `calls/${callId}`)).body;
    const timeline = (await api('GET', `calls/${callId}/timeline`)).body;
    expect((await left(word)).length).toBeGreaterThan(2);
    const died = killAt(index, moment);
    await runTimer({ url }, 'reconciliation').catch(() => undefined);
    await died;
    host = await start();
    await runTimer({ url }, 'reconciliation');
    await eventually(
      () => left(word),
      (where) => where.length === 0,
    );
    await eventually(
      () => api('GET', `recordings/${before.recordingIds[0]}`),
      ({ status }) => status === 410,
    );
    await quiet(storage);
    expect((await api('GET', `calls/${callId}`)).body, `at request ${index}`).toEqual(before);
    expect((await api('GET', `calls/${callId}/timeline`)).body).toEqual(timeline);
    expect(await listed(callId), `at request ${index}`).toEqual([]);
  }
});

/** What still lists the call as due. */
async function listed(callId: string): Promise<string[]> {
  const name = `${settings.TABLE_PREFIX}callIndex`;
  const table = TableClient.fromConnectionString(inject('storage'), name, { allowInsecureConnection: true });
  const keys: string[] = [];
  const dueBefore = new Date(Date.now() - 2 * 86_400_000).toISOString();
  for await (const { rowKey = '' } of table.listEntities()) {
    const [, since = ''] = /^(?:content|recordings):(.+):[^:]+$/.exec(rowKey) ?? [];
    keys.push(...(rowKey.endsWith(callId) && since !== '' && since < dueBefore ? [rowKey] : []));
  }
  return keys;
}
