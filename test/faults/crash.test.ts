/** The host is killed between any two steps of an operation; the same request under the same key makes it one operation. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { runTimer } from '../scenarios/recordings.ts';
import { type Api, apiAt, eventually } from '../support/api.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type Passed, type PassThrough, quiet, startProxy } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, subscribe } from '../support/switchboard.ts';
import { lastEntry, timesDone } from '../support/wire.ts';

const test = ownHostOnly('kills the host');

const callerId = '+14255550100';
let emulator: Emulator;
let acs: PassThrough;
let storage: PassThrough;
let port: number;
let settings: Record<string, string>;
let host: HostProcess;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  acs = await startProxy(emulator.url);
  storage = await startProxy(/TableEndpoint=(http:\/\/[^/]+)/.exec(inject('storage'))?.[1] ?? '');
  port = await freePort();
  settings = {
    ...(await settingsFor(emulator, acs.url, storage.url, `http://127.0.0.1:${port}`)),
    ACS_TIMEOUT_SECONDS: '1',
    RING_WINDOW_SECONDS: '120',
    'AzureWebJobs.housekeeping.Disabled': 'true',
    'AzureWebJobs.reconciliation.Disabled': 'true',
    'AzureWebJobs.recordingHousekeeping.Disabled': 'true',
  };
  storage.only = String(settings.TABLE_PREFIX);
  host = await startHostProcess(port, settings);
  api = apiAt(`http://127.0.0.1:${port}/api`);
  await subscribe(emulator, `http://127.0.0.1:${port}`, settings.TABLE_PREFIX ?? '');
});
afterEach(() => {
  acs.onPass = () => {};
  storage.onPass = () => {};
});
afterAll(async () => {
  await host.kill();
  await Promise.all([emulator.close(), acs.close(), storage.close()]);
});

/** What is asked, and the REST operation of ACS that must happen once. */
interface Subject {
  readonly name: string;
  readonly wire: string;
  readonly steps: readonly ('storage' | 'acs')[];
  prepare(): Promise<{ path: string; body: object }>;
}

let people = 0;
const nextNumber = () => {
  people += 1;
  return `+1425557${String(people).padStart(4, '0')}`;
};

const subjects: readonly Subject[] = [
  {
    name: 'createCall',
    wire: 'createCall',
    steps: ['storage', 'storage', 'acs', 'storage'],
    prepare: async () => ({ path: 'calls', body: { targets: [nextNumber()], callerId } }),
  },
  {
    name: 'addParticipant',
    wire: 'addParticipant',
    steps: ['storage', 'storage', 'acs', 'storage'],
    async prepare() {
      const { body } = await api('POST', 'calls', { targets: [nextNumber()], callerId }, { prefer: 'wait=20' });
      return { path: `calls/${body.callId}/participants`, body: { target: nextNumber(), callerId } };
    },
  },
  {
    name: 'answerCall',
    wire: 'answerCall',
    steps: ['storage', 'storage', 'acs', 'storage'],
    async prepare() {
      const from = nextNumber();
      await emulator.control.post('incoming-calls', { from, to: callerId });
      const list = await eventually(
        async () => (await api('GET', 'incoming-calls')).body.items,
        (items) => items.some((item: { from: string }) => item.from === from),
      );
      const { incomingCallId } = list.find((item: { from: string }) => item.from === from);
      return { path: `incoming-calls/${incomingCallId}/answer`, body: {} };
    },
  },
];

/** Every state that a crash can leave: before each step, and after the last. The answer of a step leaves what the next one finds. */
const crashes = subjects.flatMap(({ steps, ...subject }) => {
  const last = steps.length - 1;
  const before = steps.map((server, index) => ({ server, index, moment: 'request' as const }));
  return [...before, { server: steps[last], index: last, moment: 'answer' as const }].map((crash) => ({
    ...crash,
    subject,
    name: subject.name,
    step: crash.index + 1,
  }));
});

test.each(crashes)(
  '$name killed at step $step ($server, at its $moment) and repeated is one operation',
  async (crash) => {
    const { path, body } = await crash.subject.prepare();
    await quiet(storage);
    const since = await lastEntry({ emulator });
    const headers = { 'idempotency-key': randomUUID() };

    const died = killAt(crash.index, crash.moment);
    await expect(api('POST', path, body, headers)).rejects.toThrow();
    await died;
    host = await startHostProcess(port, settings);

    const done = await eventually(
      () => api('POST', path, body, headers),
      ({ body: operation }) => !['accepted', 'sent'].includes(operation.status),
    );
    expect(done.body).toMatchObject({ operationId: headers['idempotency-key'], status: 'succeeded' });
    expect(await timesDone({ emulator }, crash.subject.wire, since)).toBe(1);
    const { body: listed } = await api('GET', 'calls');
    expect(listed.items.map(({ callId }: { callId: string }) => callId)).toContain(done.body.callId);
  },
);

/** Some of the requests that the app makes until the digits are sent; after most of them housekeeping waits for a minute. */
const momentsOfDigits = [1, 3, 5, 8, 11];

test.each(momentsOfDigits)(
  'createCall with digits killed at request %i and repeated calls once, and sends the digits once',
  async (index) => {
    await quiet(storage);
    const since = await lastEntry({ emulator });
    const body = { targets: [nextNumber()], callerId, sendDigits: '12' };
    const headers = { 'idempotency-key': randomUUID() };
    const died = killAt(index, 'request');
    await api('POST', 'calls', body, headers).catch(() => undefined);
    await died;
    host = await startHostProcess(port, settings);

    const called = await eventually(
      () => api('POST', 'calls', body, headers).catch(() => undefined),
      (answer) => answer?.body.status === 'succeeded',
    );
    const sequenceId = called?.body.digitsSequenceId;
    const sent = await eventually(
      async () => {
        await runTimer({ url: `http://127.0.0.1:${port}` }, 'sequenceHousekeeping');
        return api('GET', `sequences/${sequenceId}`);
      },
      ({ body: sequence }) => !['pending', 'running'].includes(sequence.status),
    );
    expect(sent.body).toMatchObject({ status: 'succeeded', result: { outcome: 'sent' } });
    expect(await timesDone({ emulator }, 'createCall', since)).toBe(1);
    expect(await timesDone({ emulator }, 'sendDtmfTones', since)).toBe(1);
  },
);

test('the takeover of a hang-up reads a call that was answered meanwhile: its createCall has succeeded', async () => {
  const target = nextNumber();
  await emulator.control.put(`parties/${encodeURIComponent(target)}`, { onRing: 'ask' });
  for (const match of ['CallConnected', 'ParticipantsUpdated']) {
    await emulator.control.post('faults', { match, do: { dropEvent: true }, times: 5 });
  }
  const { body: created } = await api('POST', 'calls', { targets: [target], callerId });
  const ringing = await eventually(
    async () => ((await emulator.control.get('ringing')) as { ringing: { ringingId: string }[] }).ringing[0],
    (one) => one !== undefined,
  );
  await quiet(storage);
  const path = `calls/${created.callId}/hang-up`;
  const headers = { 'idempotency-key': randomUUID() };
  const died = killAtRequest(({ path: asked, method }) => method === 'POST' && asked.includes(':terminate'));
  await expect(api('POST', path, { forEveryone: true }, headers)).rejects.toThrow();
  await died;
  await emulator.control.post(`ringing/${ringing?.ringingId}/answer`);
  await eventually(
    async () => (await emulator.control.get(`calls/${created.result.callConnectionId}`)) as { state: string },
    ({ state }) => state === 'connected',
  );
  host = await startHostProcess(port, settings);

  const hungUp = await eventually(
    () => api('POST', path, { forEveryone: true }, headers),
    ({ body }) => !['accepted', 'sent'].includes(body.status),
  );
  await emulator.control.delete('faults');
  expect(hungUp.body.status).toBe('succeeded');
  const { body: operation } = await eventually(
    () => api('GET', `operations/${created.operationId}`),
    ({ body }) => !['accepted', 'sent'].includes(body.status),
  );
  expect(operation.status).toBe('succeeded');
});

/** Kills the host at the first request to ACS of which this is so, before it arrives. */
function killAtRequest(isIt: (passed: Passed) => boolean): Promise<void> {
  return new Promise((resolve) => {
    acs.onPass = async (passed, moment) => {
      if (moment === 'request' && isIt(passed)) {
        acs.onPass = () => {};
        await killed(resolve);
      }
    };
  });
}

/** Kills the host; what passes at that moment is cut off. */
async function killed(done: () => void): Promise<never> {
  await host.kill();
  done();
  throw new Error('the host was killed');
}

/** Kills the host at the n-th request that it sends, before the request arrives or before its answer does. */
function killAt(index: number, at: 'request' | 'answer'): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    const onPass = async (_: unknown, moment: 'request' | 'answer') => {
      if (moment === 'request') {
        seen += 1;
      }
      if (seen === index + 1 && moment === at) {
        await killed(resolve);
      }
    };
    acs.onPass = onPass;
    storage.onPass = onPass;
  });
}
