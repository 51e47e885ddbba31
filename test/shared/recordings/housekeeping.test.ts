import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { newCallRecord } from '../../../shared/calls/call.ts';
import type { RecordingRecord } from '../../../shared/calls/recording/recording-record.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import type { FilesMessage } from '../../../shared/recordings/file-event.ts';
import { runRecordingHousekeeping } from '../../../shared/recordings/housekeeping.ts';
import type { Archive } from '../../../shared/recordings/open-archive.ts';
import { openContainerFiles } from '../../../shared/storage/container-files.ts';
import { openRecordingArchive } from '../../../shared/storage/recording-archive.ts';
import { aLedger, anIntent } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };
const account = /BlobEndpoint=([^;]+)/.exec(storage.connectionString)?.[1];
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const chunks = [
  { index: 0, documentId: 'd', contentLocation: 'https://us-api.asm.skype.com/v1/objects/d/content/audio' },
];

/** The parts of an archive, with a queue that keeps what is put on it. */
function parts(ledger: Ledger, over: Partial<Archive> = {}) {
  const sent: FilesMessage[] = [];
  const queue = { send: async (message: FilesMessage) => void sent.push(message) };
  const archive: Archive = {
    archive: openRecordingArchive(storage, `${account}/housekeeping`),
    sources: { acs: ledger.acs, containers: openContainerFiles(storage), contentHosts: [], stallSeconds: 1 },
    queue,
    poison: queue,
    retrySeconds: 0,
    archiveTimeoutSeconds: 1000,
    lostSeconds: 100,
    deleteAtAcs: false,
    rangeBytes: 1000,
    containerSeconds: 100,
    linkTo: async () => undefined,
    ...over,
  };
  return { archive, sent };
}

/** A call with a recording that is known to the index. */
async function aRecording(ledger: Ledger, over: Partial<RecordingRecord> = {}, createdAt = ago(200)) {
  const [callId, recordingId] = [randomUUID(), randomUUID()];
  const recording = { acsRecordingId: 'acs', createdAt, moves: [{ at: createdAt, to: 'stopped' as const }], ...over };
  const call = newCallRecord({
    salt: 'salt',
    callId,
    direction: 'outbound',
    createdAt,
    recordings: { [recordingId]: recording },
  });
  await ledger.calls.claim(anIntent({ operationId: callId }), call);
  await ledger.recordingIndex.add({ recordingId, callId, createdAt });
  const read = async () => (await ledger.calls.readCall(callId))?.record.recordings[recordingId];
  return { callId, recordingId, read };
}

const isOpen = async (ledger: Ledger, id: string) =>
  (await ledger.recordingIndex.listOpen(100, undefined)).items.some(({ recordingId }) => recordingId === id);

test('an attempt that was due long ago and was not made is asked for again, once', async () => {
  const ledger = aLedger();
  const { archive, sent } = parts(ledger);
  const archiving = { folder: 'f/', chunks, since: ago(300), dueAt: ago(150) };
  const { recordingId } = await aRecording(ledger, { archiving });
  await aRecording(ledger, { archiving: { ...archiving, dueAt: ago(50) } });
  await runRecordingHousekeeping(ledger, archive);
  await runRecordingHousekeeping(ledger, archive);
  expect(sent).toEqual([
    { recordingId, attempt: 0, ready: { acsRecordingId: 'acs', at: archiving.since, kind: {}, chunks } },
  ]);
});

test('rows of recordings that need nothing more are put away, of those that never came to be after a while', async () => {
  const ledger = aLedger();
  const { archive } = parts(ledger);
  const gone = { recordingId: randomUUID(), callId: randomUUID(), createdAt: ago(200) };
  const coming = { recordingId: randomUUID(), callId: randomUUID(), createdAt: ago(1) };
  await ledger.recordingIndex.add(gone);
  await ledger.recordingIndex.add(coming);
  const deleted = await aRecording(ledger, { deletedAt: ago(1) });
  const failed = await aRecording(ledger, { failure: { code: 'x', message: 'x', at: ago(1) } });
  await runRecordingHousekeeping(ledger, archive);
  for (const { recordingId } of [gone, deleted, failed]) {
    expect(await isOpen(ledger, recordingId)).toBe(false);
  }
  expect(await isOpen(ledger, coming.recordingId)).toBe(true);
});

test('a recording that cannot be looked at does not keep others from it, and the timer fails', async () => {
  const ledger = aLedger();
  const { archive } = parts(ledger);
  // Plain http is for the account of the app alone: no token goes there.
  const unreachable = 'http://127.0.0.1:1/elsewhere/calls';
  const broken = await aRecording(ledger, { destinationUrl: unreachable });
  const silent = await aRecording(ledger, {}, ago(2000));
  await expect(runRecordingHousekeeping(ledger, archive)).rejects.toThrow('1 recordings could not be checked');
  expect((await silent.read())?.failure?.code).toBe('fileEventMissing');
  expect(await isOpen(ledger, silent.recordingId)).toBe(false);
  expect(await isOpen(ledger, broken.recordingId)).toBe(true);
});

test('a recording in doubt is left as it is while ACS does not answer', async () => {
  const ledger = aLedger();
  const { archive } = parts(ledger);
  const doubtful = { moves: [{ at: ago(200), to: 'recording' as const }], activeAt: ago(199), inactiveAt: ago(100) };
  const { read } = await aRecording(ledger, doubtful);
  await runRecordingHousekeeping(ledger, archive);
  expect((await read())?.moves).toHaveLength(1);
});

test('every page of the open recordings is looked at', async () => {
  const ledger = aLedger();
  const { archive } = parts(ledger);
  const rows = Array.from({ length: 130 }, () => ({ recordingId: randomUUID(), callId: 'gone', createdAt: ago(200) }));
  // Some at a time: storage has its time limit here as well.
  for (let index = 0; index < rows.length; index += 10) {
    await Promise.all(rows.slice(index, index + 10).map((row) => ledger.recordingIndex.add(row)));
  }
  await runRecordingHousekeeping(ledger, archive);
  expect((await ledger.recordingIndex.listOpen(1, undefined)).items).toEqual([]);
});

test('a recording fails whose container the app may not read, and one that is missing is no container without files', async () => {
  const ledger = aLedger();
  const wrongKey = storage.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${btoa('wrong')}`);
  const { archive } = parts(ledger);
  const sources = { ...archive.sources, containers: openContainerFiles({ connectionString: wrongKey }) };
  const { read } = await aRecording(ledger, { destinationUrl: `${account}/calls/op` });
  await runRecordingHousekeeping(ledger, { ...archive, sources });
  expect((await read())?.failure?.code).toBe('containerForbidden');
  const gone = await aRecording(ledger, { destinationUrl: `${account}/gone${randomUUID()}/op` });
  await runRecordingHousekeeping(ledger, archive);
  expect((await gone.read())?.failure?.code).toBe('containerNotFound');
});
