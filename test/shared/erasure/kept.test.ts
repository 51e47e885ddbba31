/** What an erasure cannot remove from a storage that refuses, and what of it is tried again. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runErasures } from '../../../shared/erasure/run.ts';
import { openRecordingArchive } from '../../../shared/storage/recording-archive.ts';
import { anEndedCall, anErasure, finished, someParts, time } from './some-parts.ts';

/** A storage of blobs that lists one, and answers its deletion as a test wants: Azurite knows no legal hold. */
let refusing: Server;
let blobUrl: string;
type Refusal = readonly [status: number, code: string];
const held: Refusal = [409, 'BlobImmutableDueToLegalHold'];
const allowed: Refusal = [202, ''];
let refusal = held;

beforeAll(async () => {
  refusing = createServer((request, response) => {
    const isList = request.method === 'GET';
    const [status, code] = isList ? [200, ''] : refusal;
    const blobs = '<Blobs><Blob><Name>f/a.wav</Name><Properties/></Blob></Blobs>';
    response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code });
    const error = `<Error><Code>${code}</Code><Message/></Error>`;
    response.end(isList ? `<EnumerationResults>${blobs}<NextMarker/></EnumerationResults>` : code && error);
  });
  await new Promise<void>((resolve) => {
    refusing.listen(0, '127.0.0.1', resolve);
  });
  blobUrl = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/devstoreaccount1`;
});
afterAll(() => {
  refusing.closeAllConnections();
  refusing.close();
});

const refusingArchive = () => {
  const connectionString = inject('storage').replace(/BlobEndpoint=[^;]+/, `BlobEndpoint=${blobUrl}`);
  return openRecordingArchive({ connectionString }, `${blobUrl}/recordings`);
};

const recording = {
  acsRecordingId: 'a',
  createdAt: time,
  moves: [],
  archiving: {
    folder: 'f/',
    since: time,
    dueAt: time,
    chunks: [
      { index: 0, documentId: 'd', contentLocation: 'https://x', deleteLocation: 'https://a.asm.skype.com/v1/d' },
      { index: 1, documentId: 'e', contentLocation: 'https://x' },
    ],
  },
};
const toOwnContainer = { ...recording, destinationUrl: 'https://contoso.blob.core.windows.net/calls/f' };
const ofNoFile = { acsRecordingId: 'b', createdAt: time, moves: [] };
const hour = 3_601_000;

test('what a legal hold, ACS or a container of the caller keeps is reported, and tried again each hour', async () => {
  refusal = held;
  const setup = someParts(refusingArchive());
  const callId = await anEndedCall(setup.parts, { r: toOwnContainer, q: ofNoFile });
  const erasureId = await anErasure(setup.parts, { callId });
  const first = await finished(setup, erasureId);
  expect(first).toMatchObject({ removed: { calls: 1, recordings: 2 } });
  expect(await setup.parts.ledger.calls.readCall(callId)).toBeUndefined();
  const reasons = async () => (await setup.parts.store.read(erasureId))?.record.kept.map(({ reason }) => reason).sort();
  expect(await reasons()).toEqual(['acsRefused', 'legalHold', 'ownContainer']);
  for (const [next, kept] of [
    [
      [409, 'BlobImmutableDueToPolicy'],
      ['acsRefused', 'immutable', 'ownContainer'],
    ],
    [
      [403, 'AuthorizationPermissionMismatch'],
      ['acsRefused', 'forbidden', 'ownContainer'],
    ],
    [allowed, ['acsRefused', 'ownContainer']],
  ] as const) {
    refusal = next;
    setup.clock.ms += hour;
    await runErasures(setup.parts);
    expect(await reasons()).toEqual(kept);
  }
  expect(await setup.parts.store.allCalls(erasureId)).toEqual([]);
});

test('a storage of blobs that fails ends the run, and the next resumes it', async () => {
  const setup = someParts(refusingArchive());
  refusal = [400, 'InvalidInput'];
  const callId = await anEndedCall(setup.parts, { r: recording });
  const erasureId = await anErasure(setup.parts, { callId });
  await expect(runErasures(setup.parts)).rejects.toThrow('Blob Storage');
  refusal = allowed;
  setup.clock.ms += 61_000;
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { calls: 1, recordings: 1 } });
});
