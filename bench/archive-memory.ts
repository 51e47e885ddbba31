/** How much memory the archive of a recording takes while the recording grows: chunks are streamed, so it stays flat. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { openAcs } from '../shared/acs/client/client.ts';
import { archiveChunk } from '../shared/recordings/chunks.ts';
import { openContainerFiles } from '../shared/storage/container-files.ts';
import { containerUrlOf } from '../shared/storage/containers.ts';
import { openRecordingArchive } from '../shared/storage/recording-archive.ts';
import { startAzurite } from '../test/support/azurite.ts';

const MEBIBYTE = 1024 * 1024;
const SIZES_MIB = [8, 64, 256];
const SAMPLE_EVERY_MS = 5;
const SILENCE = Buffer.alloc(64 * 1024);

// The path says how long the file is; it is made while it is sent.
const server = createServer(({ url = '' }, response) => {
  const lengthBytes = Number(url.slice(1)) * MEBIBYTE;
  response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': lengthBytes });
  Readable.from(wav(lengthBytes)).pipe(response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const azurite = await startAzurite();
const storage = { connectionString: azurite.connectionString };
const archive = openRecordingArchive(storage, containerUrlOf(storage, 'bench'));
const sources = {
  acs: openAcs({ connectionString: `endpoint=${origin}/;accesskey=a2V5`, isLocal: true, recordingOrigin: origin }, 60),
  containers: openContainerFiles(storage),
  contentHosts: ['.asm.skype.com'],
  stallSeconds: 60,
};

// The first file loads what later ones need.
await archived(1);
const idleBytes = settledBytes();
const rows: [string, object][] = [];
for (const size of SIZES_MIB) {
  const grownMiB = ((await peakBytesOf(() => archived(size))) - idleBytes) / MEBIBYTE;
  rows.push([`${size} MiB`, { 'peak growth, MiB': round(grownMiB), 'growth / size': round(grownMiB / size) }]);
}
console.table(Object.fromEntries(rows));
server.closeAllConnections();
server.close();
await azurite.close();

/** Archives a recording of one file. */
async function archived(sizeMiB: number): Promise<void> {
  const at = new Date().toISOString();
  const chunk = { index: 0, documentId: 'd', contentLocation: `https://us-api.asm.skype.com/${sizeMiB}` };
  const folder = `${randomUUID()}/`;
  const archiving = { folder, chunks: [chunk], since: at, dueAt: at };
  const kind = { content: 'audio', channel: 'mixed', format: 'wav' } as const;
  await archiveChunk(archive, sources, { acsRecordingId: 'r', createdAt: at, moves: [], ...kind, archiving }, chunk);
  await archive.deleteAll(folder);
}

function* wav(lengthBytes: number): Generator<Buffer> {
  yield Buffer.concat([Buffer.from('RIFF'), SILENCE]).subarray(0, SILENCE.length);
  for (let sent = SILENCE.length; sent < lengthBytes; sent += SILENCE.length) {
    yield SILENCE;
  }
}

/** The most memory that this process has while something runs. */
async function peakBytesOf(run: () => Promise<void>): Promise<number> {
  let peakBytes = settledBytes();
  const sample = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  await run();
  clearInterval(sample);
  return peakBytes;
}

/** Resident memory once the garbage is collected. */
function settledBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
