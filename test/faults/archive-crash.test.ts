/** The host is killed between any two requests of an archive; what is left of it becomes one archive, and none is made twice. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { archived, runTimer, sha256, textOf } from '../scenarios/recordings.ts';
import { type Api, apiAt, eventually, request } from '../support/api.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type PassThrough, startProxy } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, storageUrl, subscribe } from '../support/switchboard.ts';

const test = ownHostOnly('kills the host');

let emulator: Emulator;
let acs: PassThrough;
let blobs: PassThrough;
let host: HostProcess;
let settings: Record<string, string>;
let port: number;
let url: string;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  acs = await startProxy(emulator.url);
  blobs = await startProxy(storageUrl('Blob'));
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, acs.url, storageUrl('Table'), url, { blobsAt: blobs.url })),
    // The message of a killed host stays hidden for ten minutes: the timer runs earlier.
    RECORDING_LOST_SECONDS: '1',
    'AzureWebJobs.housekeeping.Disabled': 'true',
    'AzureWebJobs.reconciliation.Disabled': 'true',
  };
  host = await startHostProcess(port, settings);
  api = apiAt(`${url}/api`);
  await subscribe(emulator, url, settings.TABLE_PREFIX ?? '');
});
afterEach(() => {
  acs.onPass = () => {};
  blobs.onPass = () => {};
});
afterAll(async () => {
  await host.kill();
  await Promise.all([emulator.close(), acs.close(), blobs.close()]);
});

/** Requests to ACS for content, and to storage for what is kept of it. */
const crashes = [
  { part: '/content/audio', moment: 'answer' },
  { part: 'chunk-0.wav?comp=block&', moment: 'answer' },
  { part: 'chunk-0.wav?comp=blocklist', moment: 'request' },
  { part: 'chunk-0.wav?comp=blocklist', moment: 'answer' },
  { part: 'manifest.json?comp=blocklist', moment: 'answer' },
] as const;

test.each(crashes)(
  'a host that is killed at the $moment of $part leaves one whole archive in the end',
  async (crash) => {
    const { body: call } = await api(
      'POST',
      'calls',
      { targets: ['+14255550123'], callerId: '+14255550100' },
      { prefer: 'wait=20' },
    );
    const { body } = await api('POST', `calls/${call.callId}/recordings`, {});
    const { recordingId } = body.result;
    const died = killAt(crash.part, crash.moment);
    await api('POST', `recordings/${recordingId}/stop`);
    await died;
    host = await startHostProcess(port, settings);

    const { body: recording } = await eventually(
      async () => {
        await runTimer({ url });
        return api('GET', `recordings/${recordingId}`);
      },
      (answer) => answer.body.status === 'archived',
    );
    const names = await archived(settings.TABLE_PREFIX ?? '', recordingId);
    expect(names.map((name) => name.split('/').at(-1))).toEqual([
      'chunk-0.metadata.json',
      'chunk-0.wav',
      'manifest.json',
    ]);
    const [file] = JSON.parse(await textOf(settings.TABLE_PREFIX ?? '', names[2] ?? '')).files;
    const content = await request(`${url}/api/recordings/${recordingId}/content`);
    expect(sha256(Buffer.from(await content.arrayBuffer()))).toBe(file.sha256);
    expect(recording.files).toMatchObject([{ sha256: file.sha256, lengthBytes: file.lengthBytes }]);
  },
);

/** Kills the host at the first request of its kind, before the request arrives or before its answer does. */
function killAt(part: string, at: 'request' | 'answer'): Promise<void> {
  return new Promise((resolve) => {
    let isKilled = false;
    const onPass = async ({ path }: { path: string }, moment: 'request' | 'answer') => {
      if (!isKilled && path.includes(part) && moment === at) {
        isKilled = true;
        await host.kill();
        resolve();
        throw new Error('the host was killed');
      }
    };
    acs.onPass = onPass;
    blobs.onPass = onPass;
  });
}
