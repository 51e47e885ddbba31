/** Starting and stopping: TLS with the SDK as it is, busy ports, wrong options. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../local/emulator/index.ts';
import { CACHE } from './stage.ts';

const run = promisify(execFile);
const started: Emulator[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acs-emulator-'));
});
afterEach(async () => {
  for (const emulator of started.splice(0)) {
    await emulator.close();
  }
  await rm(folder, { recursive: true });
});

async function start(options: object = {}): Promise<Emulator> {
  const emulator = await startEmulator({ http: 0, https: 0, quiet: true, cacheDirectory: folder, ...options });
  started.push(emulator);
  return emulator;
}

test('the SDK works over https with no option at all once the CA is trusted', async () => {
  const { httpsConnectionString, caFile } = await start();
  const script = join(folder, 'client.mjs');
  const sdk = import.meta.resolve('@azure/communication-call-automation');
  await writeFile(
    script,
    `import { CallAutomationClient } from '${sdk}';
     const client = new CallAutomationClient(process.argv[2]);
     const invite = { targetParticipant: { communicationUserId: '8:acs:x_y' } };
     const { callConnectionProperties } = await client.createCall(invite, 'https://app.example/');
     console.log(callConnectionProperties.callConnectionState);`,
  );
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: caFile };

  const { stdout } = await run(process.execPath, [script, httpsConnectionString ?? ''], { env });

  expect(stdout.trim()).toBe('connecting');
});

test('the certificate is good for the storage host, so that a hosts entry is enough to fetch recordings', async () => {
  const { httpsUrl = '', caFile = '' } = await start();
  const { port } = new URL(httpsUrl);
  const socket = connect({
    host: '127.0.0.1',
    port: Number(port),
    servername: 'us-api.asm.skype.com',
    ca: await readFile(caFile),
  });
  await once(socket, 'secureConnect');

  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test('the keys are made once, kept private, and made again when they are damaged', async () => {
  const { caFile = '' } = await start();
  const ca = await readFile(caFile, 'utf8');
  for (const file of ['ca-key.pem', 'signing-key.pem']) {
    expect((await stat(join(dirname(caFile), file))).mode & 0o777).toBe(0o600);
  }
  await start();
  expect(await readFile(caFile, 'utf8')).toBe(ca);
  await rm(join(dirname(caFile), 'ca-key.pem'));
  await start();

  expect(await readFile(caFile, 'utf8')).not.toBe(ca);
});

test('emulators that start at the same time agree on one authority', async () => {
  const emulators = await Promise.all([start(), start(), start()]);
  const settings = (await Promise.all(emulators.map(({ url }) => fetch(`${url}/calling/keys`)))).map((each) =>
    each.json(),
  );

  const [first, ...others] = await Promise.all(settings);
  for (const other of others) {
    expect(other).toEqual(first);
  }
});

test('a busy port is an error that names the port and the flag', async () => {
  const { url, httpsUrl } = await start();
  const [http, https] = [url, httpsUrl ?? ''].map((each) => Number(new URL(each).port));

  await expect(start({ http })).rejects.toThrow(new RegExp(`${http}.*--http\\b`));
  await expect(start({ https })).rejects.toThrow(new RegExp(`${https}.*--https`));
});

test.for([
  [{ accessKey: 'not base64!' }, /access key/],
  [{ publicUrl: 'http://host/path' }, /public URL/],
  [{ seed: 1.5 }, /seed/],
  [{ http: 70_000 }, /port/],
] as const)('a wrong option is refused before anything listens', async ([options, message]) => {
  await expect(startEmulator({ cacheDirectory: CACHE, ...options })).rejects.toThrow(message);
});

test('another access key is another resource', async () => {
  const { connectionString } = await start({ accessKey: 'YW5vdGhlciBrZXk=' });
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  const wrong = connectionString.replace(/accesskey=.*/, 'accesskey=d3Jvbmc=');
  const read = (credentials: string) =>
    new CallAutomationClient(credentials, options).getCallConnection('x').getCallConnectionProperties();

  await expect(read(connectionString)).rejects.toMatchObject({ statusCode: 404 });
  await expect(read(wrong)).rejects.toMatchObject({ statusCode: 401, code: '7509' });
});
