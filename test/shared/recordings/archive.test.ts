/** The archive of a recording whose events have few facts, and of one that is deleted meanwhile. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openAcs } from '../../../shared/acs/client/client.ts';
import { deleteContent } from '../../../shared/acs/client/recording-content.ts';
import { derivedId } from '../../../shared/acs/wire/derived-id.ts';
import { newCallRecord } from '../../../shared/calls/call.ts';
import { recordingStepped } from '../../../shared/calls/recording/recording-facts.ts';
import type { RecordingRecord } from '../../../shared/calls/recording/recording-record.ts';
import { changeCall } from '../../../shared/ledger/change-call.ts';
import { archiveRecording } from '../../../shared/recordings/archive.ts';
import { checkedBytes } from '../../../shared/recordings/checked-bytes.ts';
import type { FilesMessage } from '../../../shared/recordings/file-event.ts';
import type { Archive } from '../../../shared/recordings/open-archive.ts';
import { openContainerFiles } from '../../../shared/storage/container-files.ts';
import { containerUrlOf } from '../../../shared/storage/containers.ts';
import { openRecordingArchive } from '../../../shared/storage/recording-archive.ts';
import { aLedger, anIntent } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };
let server: Server;
let acs: Archive['sources']['acs'];
let served: Record<string, string | Uint8Array>;
let headers: Record<string, string>;
let onRequest: () => Promise<void>;

beforeAll(async () => {
  server = createServer(async ({ method, url = '' }, response) => {
    await onRequest();
    const text = served[url];
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/octet-stream', ...headers });
    response.end(method === 'DELETE' ? '' : text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  acs = openAcs({ connectionString: `endpoint=${origin}/;accesskey=a2V5`, isLocal: true, recordingOrigin: origin }, 5);
});
beforeEach(() => {
  served = {};
  headers = {};
  onRequest = async () => {};
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const at = (path: string) => `https://us-api.asm.skype.com${path}`;

/** A recording that has stopped, in a ledger of its own, and an archive of its own. */
async function aStoppedRecording(over: Partial<RecordingRecord> = {}) {
  const ledger = aLedger();
  const acsRecordingId = randomUUID();
  const [callId, recordingId, createdAt] = [randomUUID(), derivedId(acsRecordingId), ledger.now()];
  const recording = { acsRecordingId, createdAt, moves: [{ at: createdAt, to: 'stopped' as const }], ...over };
  const call = newCallRecord({
    salt: 'salt',
    callId,
    direction: 'outbound',
    createdAt,
    recordings: { [recordingId]: recording },
  });
  await ledger.calls.claim(anIntent({ operationId: callId }), call);
  await ledger.recordingIndex.add({ recordingId, callId, createdAt });
  const sent: FilesMessage[] = [];
  const queue = { send: async (message: FilesMessage) => void sent.push(message) };
  const parts: Archive = {
    archive: openRecordingArchive(storage, containerUrlOf(storage, `a${randomUUID()}`)),
    sources: { acs, containers: openContainerFiles(storage), contentHosts: ['.asm.skype.com'], stallSeconds: 5 },
    queue,
    poison: queue,
    retrySeconds: 1,
    archiveTimeoutSeconds: 1000,
    lostSeconds: 100,
    deleteAtAcs: false,
    rangeBytes: 1000,
    containerSeconds: 100,
    linkTo: async () => undefined,
  };
  const archive = (chunk: object) =>
    archiveRecording(ledger, parts, {
      recordingId,
      attempt: 0,
      ready: {
        acsRecordingId,
        at: createdAt,
        kind: {},
        chunks: [{ index: 0, documentId: 'd', contentLocation: at('/content'), ...chunk }],
      },
    });
  const read = async () => (await ledger.calls.readCall(callId))?.record.recordings[recordingId];
  return { ledger, callId, recordingId, parts, sent, archive, read };
}

test('a file without known format and metadata is archived as bytes', async () => {
  served = { '/content': 'RIFF' };
  const { parts, archive, read } = await aStoppedRecording();
  await archive({});
  const { archiving } = (await read()) ?? {};
  expect(archiving?.files).toMatchObject([{ chunk: 0, name: 'chunk-0', contentType: 'application/octet-stream' }]);
  expect(await parts.archive.find(`${archiving?.folder}chunk-0`)).toMatchObject({ lengthBytes: 4 });
});

test.each(['{"chunkStartTime":7,"chunkDuration":"long","pauseResumeIntervals":"none"}', 'no JSON', '7'])(
  'metadata that is not as documented is kept as it came: %s',
  async (metadata) => {
    served = { '/content': 'RIFF', '/metadata': metadata };
    const { parts, archive, read } = await aStoppedRecording({ format: 'mp3' });
    await archive({ metadataLocation: at('/metadata') });
    const { archiving } = (await read()) ?? {};
    expect(archiving?.files).toEqual([
      expect.objectContaining({ name: 'chunk-0.mp3', contentType: 'audio/mpeg', lengthBytes: 4 }),
    ]);
    expect(archiving?.files?.[0]).not.toHaveProperty('startedAt');
    expect(await parts.archive.find(`${archiving?.folder}chunk-0.metadata.json`)).toBeDefined();
  },
);

test('a channel in the metadata has the participant in the one spelling, or as it came when it has none', async () => {
  const participants = [
    { participantId: '4:+14255550123', channel: 0 },
    { participantId: 'no raw id', channel: 1 },
    { participantId: '8:acs:without_a-channel' },
  ];
  served = { '/content': 'RIFF', '/metadata': JSON.stringify({ participants }) };
  const { archive, read } = await aStoppedRecording();
  await archive({ metadataLocation: at('/metadata') });
  expect((await read())?.archiving?.files?.[0]?.channels).toEqual([
    { channel: 0, participant: '+14255550123' },
    { channel: 1, participant: 'no raw id' },
  ]);
});

test('a file in the archive that does not name its document stays, as the one of the event', async () => {
  served = { '/content': 'RIFF', '/metadata': '{}' };
  const { parts, archive, read } = await aStoppedRecording();
  // A file that a version wrote which kept no document id: it is there before the attempt looks for it.
  onRequest = async () => {
    const name = `${(await read())?.archiving?.folder}chunk-0`;
    await parts.archive.write(name, 'audio/wav', checkedBytes({ bytes: Readable.from([Buffer.from('stays')]) }));
    onRequest = async () => {};
  };
  await archive({ metadataLocation: at('/metadata') });
  const { folder, files, archivedAt } = (await read())?.archiving ?? {};
  expect({ archivedAt, files }).toMatchObject({ archivedAt: expect.any(String), files: [{ lengthBytes: 5 }] });
  const manifest = JSON.parse(await parts.archive.readText(`${folder}manifest.json`, 10_000));
  expect(manifest.files).toMatchObject([{ documentId: 'd', lengthBytes: 5 }]);
});

test('the pauses that were asked for are in the manifest when ACS gives none', async () => {
  served = { '/content': 'RIFF' };
  const moves = [
    { at: '2026-01-01T12:00:00.000Z', to: 'recording' },
    { at: '2026-01-01T12:00:05.000Z', to: 'paused' },
    { at: '2026-01-01T12:00:07.000Z', to: 'stopped' },
  ] as const;
  const { parts, archive, read } = await aStoppedRecording({ moves });
  await archive({});
  const folder = (await read())?.archiving?.folder;
  let text = '';
  for await (const part of await parts.archive.read(`${folder}manifest.json`, 0, 10_000)) {
    text += Buffer.from(part).toString();
  }
  expect(JSON.parse(text).pauses).toEqual([{ from: moves[1].at, to: moves[2].at }]);
});

const md5 = (text: string) => createHash('md5').update(text).digest('base64');

test.each([
  ['a digest that is right', { 'content-md5': md5('RIFF') }, undefined],
  ['a digest of another file', { 'content-md5': md5('RIFX') }, 'contentDamaged'],
])('a file comes with %s', async (_, sent, code) => {
  served = { '/content': 'RIFF' };
  headers = sent;
  const { archive, read } = await aStoppedRecording();
  await archive({});
  expect((await read())?.archiving?.trouble?.code).toBe(code);
});

test('the digest and the length of an encoded file are those of its encoding, and not compared', async () => {
  served = { '/content': gzipSync('RIFF') };
  headers = { 'content-encoding': 'gzip', 'content-md5': md5('of the encoding') };
  const { archive, read } = await aStoppedRecording();
  await archive({});
  expect((await read())?.archiving?.files).toMatchObject([{ lengthBytes: 4 }]);
});

test('an archive is taken away again when its recording was deleted while it was made', async () => {
  served = { '/content': 'RIFF' };
  const { ledger, callId, recordingId, parts, archive, read } = await aStoppedRecording();
  let folder = '';
  onRequest = async () => {
    folder = (await read())?.archiving?.folder ?? '';
    await changeCall(ledger, callId, (call) => recordingStepped(call, 'delete', recordingId, ledger.now()));
  };
  await archive({});
  expect(folder).toContain(recordingId);
  expect(await parts.archive.find(`${folder}manifest.json`)).toBeUndefined();
  expect(await parts.archive.find(`${folder}chunk-0`)).toBeUndefined();
});

test('an attempt that fails is followed by another, and the recording shows when it is due', async () => {
  const { sent, archive, read } = await aStoppedRecording();
  await archive({});
  const { archiving } = (await read()) ?? {};
  expect(sent).toMatchObject([{ attempt: 1 }]);
  expect(archiving?.trouble?.code).toBe('contentRefused');
  expect(Date.parse(archiving?.dueAt ?? '')).toBeGreaterThan(Date.parse(archiving?.since ?? ''));
});

test('a file that ACS no longer has is as good as deleted', async () => {
  await expect(deleteContent(acs, at('/gone'))).resolves.toBeUndefined();
});
