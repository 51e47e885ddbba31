/** Recordings that go to the user's own container, in real Blob storage. */

import { BlobServiceClient, type ContainerClient, ContainerSASPermissions } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';
import { awaitFiles, record, stopped } from './recorder.ts';

let stage: Stage;
let container: ContainerClient;
beforeAll(async () => {
  stage = await setStage();
  container = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(`own${Date.now()}`);
  await container.create();
});
beforeEach(async () => {
  await stage.clear();
  await awaitFiles(stage);
});
afterAll(async () => {
  await stage.close();
  await container.delete();
});

const inContainer = (recordingDestinationContainerUrl: string) => ({
  recordingFormat: 'wav' as const,
  recordingStorage: { recordingStorageKind: 'azureBlobStorage' as const, recordingDestinationContainerUrl },
});

async function recordedTo(containerUrl: string) {
  const call = await stage.connected();
  const recordingId = await record(stage, call, inContainer(containerUrl));
  await stage.advance(3000);
  const { correlationId = '' } = await call.getCallConnectionProperties();
  return { recordingId, correlationId };
}

const logged = async () => JSON.stringify(await stage.emulator.control.get('log'));

test.for([
  ['of Azurite without a signature', async () => container.url],
  [
    'with a SAS that may only create and write',
    () =>
      container.generateSasUrl({
        permissions: ContainerSASPermissions.parse('cw'),
        expiresOn: new Date(Date.now() + 3_600_000),
      }),
  ],
] as const)('a container %s gets the file and its metadata, and the event names them', async ([, url]) => {
  const { recordingId, correlationId } = await recordedTo(await url());
  const { recordingStorageInfo } = await stopped(stage, recordingId);

  const [chunk] = recordingStorageInfo.recordingChunks;
  const folder = `20260101/${correlationId}/${recordingId}`;
  expect(chunk).toMatchObject({
    contentLocation: `${container.url}/${folder}/0-audiowav.wav`,
    metadataLocation: `${container.url}/${folder}/0-acsmetadata.json`,
  });
  const content = container.getBlobClient(`${folder}/0-audiowav.wav`);
  expect(await content.getProperties()).toMatchObject({ contentLength: 44 + 96_000, contentType: 'audio/wav' });
  const metadata = await container.getBlobClient(`${folder}/0-acsmetadata.json`).downloadToBuffer();
  expect(JSON.parse(metadata.toString())).toMatchObject({ chunkDocumentId: chunk.documentId, chunkDuration: 3000 });
  // What is in the user's container is not in ACS's storage too.
  expect((await stage.send('GET', `/v1/objects/${chunk.documentId}/content/audio`)).status).toBe(404);
});

test('a signature is not logged', async () => {
  await recordedTo(`${container.url}?sv=2025&sig=c2VjcmV0`);

  expect(await logged()).not.toContain('c2VjcmV0');
});

test('what a container does not take is offered from the storage of the service, and the log says why', async () => {
  const { recordingId } = await recordedTo(`${container.url}-missing`);
  const { recordingStorageInfo } = await stopped(stage, recordingId);
  const [chunk] = recordingStorageInfo.recordingChunks;
  expect(chunk?.contentLocation).toMatch(/^https:\/\/us-api\.asm\.skype\.com\/v1\/objects\//);
  expect((await stage.send('GET', `/v1/objects/${chunk?.documentId}/content/audio`)).status).toBe(200);

  expect(await logged()).toContain("not stored in the container, so offered from the service's own storage");
});

test.for(['nowhere', 'https://contoso.blob.core.windows.net', 'ftp://contoso/c?sig=1', undefined])(
  'a recording cannot go to %s',
  async (containerUrl) => {
    const { callConnectionId } = await (await stage.connected()).getCallConnectionProperties();
    const externalStorage = {
      recordingStorageKind: 'AzureBlobStorage',
      recordingDestinationContainerUrl: containerUrl,
    };
    const response = await stage.send('POST', '/calling/recordings', { callConnectionId, externalStorage });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('recordingDestinationContainerUrl must be');
  },
);
