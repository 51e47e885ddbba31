/** The emulator as the HTTPS proxy of its clients: recordings by environment alone, and nothing else. */

import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates, connect as tlsConnect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientSettings } from '../../../../local/emulator/client-settings.ts';
import { startEmulator } from '../../../../local/emulator/index.ts';
import { awaitFiles, record, stopped } from '../recordings/recorder.ts';
import { CACHE, type Stage, setStage, signed } from '../stage.ts';

const run = promisify(execFile);
const sdk = import.meta.resolve('@azure/communication-call-automation');
let stage: Stage;
let folder: string;

/** A server on this machine that must see no connection of the proxy. */
let elsewhere: Server;
let connections = 0;

beforeAll(async () => {
  stage = await setStage({ https: 0 });
  folder = await mkdtemp(join(tmpdir(), 'acs-emulator-proxy-'));
  elsewhere = createServer(() => void connections++).listen(0, '127.0.0.1');
});
afterAll(async () => {
  await stage.close();
  elsewhere.close();
  await rm(folder, { recursive: true });
});

interface Settings {
  readonly clients: Record<'javascript' | 'python' | 'dotnet', ClientSettings>;
  readonly caFile: string;
  readonly bundleFile: string;
}
const settings = async () => (await stage.emulator.control.get('settings')) as Settings;

/** Runs a program with the SDK in its own process, which has these variables and no other way to the emulator. */
async function runClient(
  program: string,
  { connectionString, environment }: ClientSettings,
  ...args: string[]
): Promise<string> {
  const script = join(folder, 'client.mjs');
  const start = `import { CallAutomationClient } from '${sdk}';
    const client = new CallAutomationClient(process.argv[2], { retryOptions: { maxRetries: 0 } });`;
  await writeFile(script, `${start}\n${program}`);
  const { PATH = '' } = process.env;
  const env = { PATH, ...environment };
  const { stdout } = await run(process.execPath, [script, connectionString, ...args], { env });
  return stdout.trim();
}

const port = () => Number(new URL(stage.emulator.url).port);

/** What the proxy answers to bytes: its first line, and all of it. */
function answerTo(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port(), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received += chunk;
      socket.end();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

test('the SDK downloads and deletes a recording by its environment alone', async () => {
  await awaitFiles(stage);
  const recordingId = await record(stage, await stage.connected());
  await stage.advance(2000);
  const { recordingStorageInfo } = await stopped(stage, recordingId);
  const [{ contentLocation, deleteLocation }] = recordingStorageInfo.recordingChunks;
  const { clients } = await settings();

  const answer = await runClient(
    `import { readFile } from 'node:fs/promises';
     const recording = client.getCallRecording();
     const [, , , contentLocation, deleteLocation, path] = process.argv;
     await recording.downloadToPath(contentLocation, path);
     await recording.delete(deleteLocation);
     console.log((await readFile(path)).length);`,
    clients.javascript,
    contentLocation,
    deleteLocation,
    join(folder, 'recording'),
  );

  expect(contentLocation).toMatch(/^https:\/\/us-api\.asm\.skype\.com\//);
  expect(Number(answer)).toBeGreaterThan(1000);
});

test('requests to the emulator itself may take the proxy too', async () => {
  const { clients } = await settings();
  const { NO_PROXY: _, ...environment } = clients.javascript.environment;

  const state = await runClient(
    `const invite = { targetParticipant: { communicationUserId: '8:acs:x_y' } };
     const { callConnectionProperties } = await client.createCall(invite, 'https://app.example/');
     console.log(callConnectionProperties.callConnectionState);`,
    { ...clients.python, environment },
  );

  expect(state).toBe('connecting');
});

test('through a tunnel a signature for the endpoint is good, though x-ms-host lacks its port', async () => {
  const { clients } = await settings();
  const { httpsUrl = '' } = stage.emulator;
  const target = '/v1/objects/0-eus-d1-none/content/video';
  const { headers } = signed(httpsUrl, 'GET', target);
  const answer = await runClient(
    `const [, , , target, headers] = process.argv;
     const { createDefaultHttpClient, createEmptyPipeline, createHttpHeaders, createPipelineRequest, proxyPolicy } =
       await import('${import.meta.resolve('@azure/core-rest-pipeline')}');
     const pipeline = createEmptyPipeline();
     pipeline.addPolicy(proxyPolicy());
     const url = 'https://us-api.asm.skype.com' + target;
     const request = createPipelineRequest({ url, headers: createHttpHeaders(JSON.parse(headers)) });
     console.log((await pipeline.sendRequest(createDefaultHttpClient(), request)).status);`,
    clients.javascript,
    target,
    JSON.stringify({ ...headers, 'x-ms-host': '127.0.0.1' }),
  );

  expect(answer).toBe('404');
});

test.for(['us-api.asm.skype.com:443', 'EU-PROD.asyncgw.teams.microsoft.com:443', 'us.ams.gov.teams.microsoft.us:443'])(
  'a tunnel to %s ends at a certificate for it',
  async (authority) => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
    const established = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const servername = authority.replace(/:443$/, '').toLowerCase();
    const tunnel = tlsConnect({ socket, servername, ca: await readFile((await settings()).caFile) });
    await new Promise((resolve, reject) => tunnel.once('secureConnect', resolve).once('error', reject));

    expect(established).toBe('HTTP/1.1 200 Connection Established\r\n\r\n');
    expect(tunnel.authorized).toBe(true);
    tunnel.destroy();
  },
);

const foreign = [
  'login.example:443',
  'asm.skype.com:443',
  'deep.us-api.asm.skype.com:443',
  'us-api.asm.skype.com.example:443',
  'us-api-asm.skype.com:443',
  'us-api.asm.skype.com:80',
  'us-api.asm.skype.com:22',
  '127.0.0.1:1',
  '[::1]:22',
];

test.for(foreign)('a tunnel to %s is refused, and the status line says what to do', async (authority) => {
  const answer = await answerTo(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [line = ''] = answer.split('\r\n');

  expect(line).toMatch(
    /^HTTP\/1\.1 403 The emulator is a proxy to the hosts of recordings only; add \S+ to NO_PROXY\.$/,
  );
  expect(line).toContain(authority.replace(/:\d+$/, ''));
  expect(answer).toContain('"code":"Forbidden"');
});

test.for(['', 'no authority', 'a@b:443', 'x\u00e9.asm.skype.com:443'])(
  'a tunnel to "%s" is refused',
  async (authority) => {
    expect(await answerTo(`CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 40[03] /);
  },
);

test('a server on this machine is not reached through the proxy, and the refusals are in the log', async () => {
  const address = elsewhere.address();
  const authority = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const answers = [
    await answerTo(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`),
    await answerTo(`GET http://${authority}/devstoreaccount1 HTTP/1.1\r\nHost: ${authority}\r\n\r\n`),
  ];
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { path: string; status?: number }[] };

  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 403 .*add 127\.0\.0\.1 to NO_PROXY/s);
  }
  expect(connections).toBe(0);
  expect(entries.filter(({ path }) => path === authority).map(({ status }) => status)).toEqual([
    undefined,
    403,
    undefined,
    403,
  ]);
});

test('an emulator without https has no tunnels', async () => {
  const emulator = await startEmulator({ http: 0, https: false, quiet: true, cacheDirectory: CACHE });
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  socket.write('CONNECT us-api.asm.skype.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  await emulator.close();

  expect(answer).toMatch(/^HTTP\/1\.1 403 The emulator has no https listener/);
});

test('an emulator with an open tunnel closes at once', async () => {
  const emulator = await startEmulator({ http: 0, https: 0, quiet: true, cacheDirectory: CACHE });
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('CONNECT us-api.asm.skype.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));

  await emulator.close();
  await closed;
});

test('the bundle has the authority and the public ones, and every certificate ends its line', async () => {
  const { caFile, bundleFile, clients } = await settings();
  const [ca, bundle] = [await readFile(caFile, 'utf8'), await readFile(bundleFile, 'utf8')];
  const blocks = bundle.split(/(?<=-----END CERTIFICATE-----\n)/);

  expect(ca).toMatch(/-----END CERTIFICATE-----\n$/);
  expect(blocks[0]).toBe(ca);
  expect(blocks.length).toBe(rootCertificates.length + 1);
  expect(new Set(blocks.map((block) => new X509Certificate(block).fingerprint256)).size).toBe(blocks.length);
  expect(clients.python.environment).toMatchObject({ REQUESTS_CA_BUNDLE: bundleFile, SSL_CERT_FILE: bundleFile });
  expect(clients.dotnet.environment).toMatchObject({ SSL_CERT_FILE: bundleFile });
});
