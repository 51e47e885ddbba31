/** Recordings, their archive and the event of their files, for the tests of recordings. */
import { createHash } from 'node:crypto';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { expect, inject } from 'vitest';
import { type Answer, eventually, request } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import type { Switchboard } from '../support/switchboard.ts';
import { entriesSince } from '../support/wire.ts';

/** A recording of a new call, or of the one that is given. */
export async function record(
  { api }: Switchboard,
  input: object = {},
  call?: string,
): Promise<{ callId: string; recordingId: string; operationId: string }> {
  const callId = call ?? (await connectedCall(api));
  const { status, body } = await api('POST', `calls/${callId}/recordings`, input);
  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'succeeded', settledBy: 'response' } });
  return { callId, recordingId: body.result.recordingId, operationId: body.operationId };
}

/** A step of its life, which must succeed. */
export async function step({ api }: Switchboard, recordingId: string, name: string): Promise<void> {
  const answer = await api('POST', `recordings/${recordingId}/${name}`);
  expect(answer).toMatchObject({ status: 200, body: { status: 'succeeded' } });
}

/** A recording that was stopped at once; its id. */
export async function stopped(board: Switchboard, input: object = {}): Promise<string> {
  const { recordingId } = await record(board, input);
  await step(board, recordingId, 'stop');
  return recordingId;
}

/** The recording once it is so. */
export async function becomes(board: Switchboard, recordingId: string, status: string): Promise<Answer> {
  return eventually(
    () => board.api('GET', `recordings/${recordingId}`),
    ({ body }) => body.status === status,
  );
}

/** The content as it is answered to these headers. */
export async function contentOf(
  { url }: Switchboard,
  recordingId: string,
  headers: Record<string, string> = {},
  query = '',
) {
  const response = await request(`${url}/api/recordings/${recordingId}/content${query}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A container of the storage that the tests run on, behind no proxy. */
export function container(name: string): ContainerClient {
  return BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(name);
}

/** The blobs of the archive whose names have this in them. */
export async function archived(prefix: string, part: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of container(`${prefix.toLowerCase()}recordings`).listBlobsFlat()) {
    names.push(name);
  }
  return names.filter((name) => name.includes(part)).sort();
}

export async function textOf(prefix: string, name: string): Promise<string> {
  const blob = container(`${prefix.toLowerCase()}recordings`).getBlobClient(name);
  return (await blob.downloadToBuffer()).toString();
}

/** The event of the files of a call's recording, once it was sent. */
export async function fileEvent(board: Switchboard, since = 0) {
  const isOne = ({ kind, event }: { kind: string; event?: string }) =>
    kind === 'event' && event === 'RecordingFileStatusUpdated';
  const entries = await eventually(
    async () => (await entriesSince(board, since)).filter(isOne),
    (found) => found.length > 0,
  );
  return entries.at(-1)?.body[0];
}

/** Delivers an event of files as Event Grid does; the status of the answer. */
export async function deliver({ url }: Switchboard, event: object): Promise<number> {
  const { status } = await request(`${url}/runtime/webhooks/EventGrid?functionName=recordingFileStatus`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: JSON.stringify([event]),
  });
  return status;
}

/** Timers other than the archive's would write at times that no test chose. */
export const withArchiveTimer = {
  'AzureWebJobs.housekeeping.Disabled': 'true',
  'AzureWebJobs.reconciliation.Disabled': 'true',
} as const;

/** Runs a timer by hand, as the portal does. */
export async function runTimer({ url }: Pick<Switchboard, 'url'>, name = 'recordingHousekeeping'): Promise<void> {
  const { status } = await request(`${url}/admin/functions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: '' }),
  });
  expect(status).toBe(202);
}
