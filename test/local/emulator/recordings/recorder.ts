/** Recording on a stage: the way from a call to its files. */

import {
  type CallAutomationClient,
  type CallConnection,
  parseCallAutomationEvent,
  type StartRecordingOptions,
} from '@azure/communication-call-automation';
import { expect } from 'vitest';
import type { Stage } from '../stage.ts';

/** The data of RecordingFileStatusUpdated. */
export interface FileStatus {
  readonly recordingStorageInfo: { readonly recordingChunks: readonly [StoredChunk, ...StoredChunk[]] };
  readonly recordingDurationMs: number;
  readonly [name: string]: unknown;
}

interface StoredChunk {
  readonly documentId: string;
  readonly index: number;
  readonly endReason: string;
  readonly contentLocation: string;
  readonly metadataLocation: string;
  readonly deleteLocation: string;
}

/** Subscribes the stage's app to the event that reports files. */
export async function awaitFiles({ emulator, app }: Stage): Promise<void> {
  const eventTypes = ['Microsoft.Communication.RecordingFileStatusUpdated'];
  await emulator.control.put('event-grid/subscriptions/files', { endpoint: `${app.url}/files`, eventTypes });
}

/** The option that has a recording report its states. */
export function stateCallback({ app }: Stage) {
  return { recordingStateCallbackEndpointUrl: `${app.url}/recording-states` };
}

/** Whatever was sent of recordings, the SDK's own parser must understand. */
export function expectUnderstood({ app }: Stage): void {
  for (const { kind, event } of app.arrivals.filter(({ path }) => path !== '/files')) {
    expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
  }
}

/** Starts to record a call by its connection. */
export async function record(stage: Stage, call: CallConnection, options: StartRecordingOptions = {}): Promise<string> {
  const { callConnectionId = '' } = await call.getCallConnectionProperties();
  const { recordingId = '' } = await stage.client.getCallRecording().start({ callConnectionId, ...options });
  return recordingId;
}

/** Stops a recording and answers what its event says. */
export async function stopped(stage: Stage, recordingId: string): Promise<FileStatus> {
  await stage.client.getCallRecording().stop(recordingId);
  await stage.advance(1000);
  const status = stage.app.of('RecordingFileStatusUpdated').at(-1);
  if (status === undefined) {
    throw new Error('No RecordingFileStatusUpdated has come.');
  }
  return status.event.data as unknown as FileStatus;
}

/** The bytes at a location, or a part of them, fetched by the SDK. */
export async function fetched(
  client: CallAutomationClient,
  location: string,
  part: { offset?: number; length?: number } = {},
): Promise<Buffer> {
  const stream = await client.getCallRecording().downloadStreaming(location, part);
  const pieces: Buffer[] = [];
  for await (const piece of stream) {
    pieces.push(Buffer.from(piece as Buffer));
  }
  return Buffer.concat(pieces);
}
