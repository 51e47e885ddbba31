/**
 * How much memory the readers of a recording take who have stopped reading: of the app in its host, and of a plain server that
 * streams a file of the same length with the backpressure of Node.js. Neither may grow with the file.
 */
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort, portsFrom } from '../local/dev/ports.ts';
import { settingsFor } from '../local/dev/settings.ts';
import { containerUrlOf } from '../shared/storage/containers.ts';
import { archiveRecordingOf } from '../test/support/archived-recording.ts';
import { startAzurite } from '../test/support/azurite.ts';

const MEBIBYTE = 1024 * 1024;
const FILE_BYTES = 32 * MEBIBYTE;
const READERS = 50;
const SETTLE_MS = 5000;

const azurite = await startAzurite();
const storage = { connectionString: azurite.connectionString };
const prefix = `b${randomUUID().replaceAll('-', '').slice(0, 16)}`;
const containerUrl = containerUrlOf(storage, `${prefix}recordings`);
const recordingId = await archiveRecordingOf(FILE_BYTES, { ...storage, prefix, containerUrl });
const settings = {
  ...settingsFor(portsFrom(() => 9)),
  AzureWebJobsStorage: azurite.connectionString,
  TABLE_PREFIX: prefix,
  RECORDING_READER_SECONDS: '600',
};
const plainServer = `
  const { createServer } = require('node:http');
  const { Readable } = require('node:stream');
  const { pipeline } = require('node:stream/promises');
  function* file() { for (let i = 0; i < ${FILE_BYTES}; i += 65536) yield Buffer.alloc(65536); }
  createServer((_, response) => pipeline(Readable.from(file()), response).catch(() => {})).listen(process.argv[1], '127.0.0.1');
`;

/** Programs by name: their arguments on a port, and the path of the file. */
const subjects = {
  'plain server': { args: (port: number) => ['-e', plainServer, String(port)], path: '/' },
  'app in its host': {
    args: (port: number) => {
      const options = ['--root', '.', '--main', 'functions/*.ts', '--port', String(port), '--log', 'off'];
      return ['local/host/main.ts', ...options];
    },
    path: `/api/recordings/${recordingId}/content`,
  },
};
const rows: [string, object][] = [];
for (const [name, { args, path }] of Object.entries(subjects)) {
  const grownMiB = await growthMiB(args, path);
  const ofFiles = grownMiB / ((READERS * FILE_BYTES) / MEBIBYTE);
  rows.push([
    name,
    { 'growth, MiB': round(grownMiB), 'a reader, MiB': round(grownMiB / READERS), 'of the files': round(ofFiles) },
  ]);
}
await azurite.close();
console.table(Object.fromEntries(rows));

/** How much a program grows by readers who take the headers and no byte more. */
async function growthMiB(args: (port: number) => string[], path: string): Promise<number> {
  const port = await freePort();
  const child = spawn(process.execPath, args(port), {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}${path}`;
  // The first reader reads all, which loads what the others need.
  while (!(await read(url).catch(() => false))) {
    await delay(100);
  }
  const before = await residentBytes(child.pid);
  const readers = await Promise.all(Array.from({ length: READERS }, () => unread(url)));
  await delay(SETTLE_MS);
  const grown = (await residentBytes(child.pid)) - before;
  for (const reader of readers) {
    reader.destroy();
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  return grown / MEBIBYTE;
}

async function read(url: string): Promise<boolean> {
  const response = await fetch(url);
  return response.ok && (await response.arrayBuffer()).byteLength === FILE_BYTES;
}

async function unread(url: string): Promise<IncomingMessage> {
  const asked = request(url, { agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function residentBytes(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * 1024;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
