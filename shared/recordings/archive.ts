/**
 * Archives a recording: every chunk with its metadata, then the manifest, then the ledger says so. Each step finds what an
 * interrupted attempt has done, so that a repeated message, or two at once, end in the same archive.
 */
import type { CallRecord } from '../calls/call.ts';
import { recordingArchived, recordingFilesReady } from '../calls/recording/recording-facts.ts';
import type { Archiving, RecordingFile, RecordingRecord } from '../calls/recording/recording-record.ts';
import { eventEntry } from '../calls/timeline.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { CallWriter, EventWriter } from '../ledger/ledger.ts';
import { checkedBytes } from './checked-bytes.ts';
import { archiveChunk } from './chunks.ts';
import { eraseAtAcs } from './erase.ts';
import type { FilesMessage } from './file-event.ts';
import { type ArchivedChunk, manifestOf } from './manifest.ts';
import type { Archive } from './open-archive.ts';
import { tryLater, waitForStart } from './retry.ts';

/** Processes a message. The reason of a failure is stored with the recording, and the message is retried. */
export async function archiveRecording(ledger: EventWriter, parts: Archive, message: FilesMessage): Promise<void> {
  const { recordingId, ready, eventId } = message;
  const callId = ledger.recordingCalls.get(recordingId) ?? (await ledger.recordingIndex.callOf(recordingId));
  if (callId === undefined) {
    await waitForStart(ledger, parts, message);
    return;
  }
  const named = { at: ready.at, kind: 'RecordingFileStatusUpdated' };
  const entry = eventId === undefined ? undefined : eventEntry({ id: eventId, ...named });
  const call = await changeCall(ledger, callId, (known) => recordingFilesReady(known, recordingId, ready), entry);
  try {
    await archiveOrErase(ledger, parts, call, message);
    await ledger.recordingIndex.close(recordingId);
  } catch (error) {
    await tryLater(ledger, parts, callId, message, error);
  }
}

/** Files of a recording that was deleted before they were ready are deleted at ACS. */
async function archiveOrErase(
  ledger: CallWriter,
  parts: Archive,
  call: CallRecord,
  { recordingId, ready }: FilesMessage,
): Promise<void> {
  const recording = call.recordings[recordingId];
  const archiving = recording?.archiving;
  if (recording && archiving && archiving.archivedAt === undefined) {
    await copy(ledger, parts, call, recordingId, { ...recording, archiving });
  }
  if (!archiving || parts.deleteAtAcs) {
    await eraseAtAcs(parts.sources, archiving?.chunks ?? ready.chunks);
  }
}

async function copy(
  ledger: CallWriter,
  { archive, sources }: Archive,
  call: CallRecord,
  recordingId: string,
  recording: RecordingRecord & { readonly archiving: Archiving },
): Promise<void> {
  const { callId } = call;
  const { folder, chunks } = recording.archiving;
  const archived: ArchivedChunk[] = [];
  for (const chunk of chunks) {
    archived.push(await archiveChunk(archive, sources, recording, chunk));
  }
  const at = ledger.now();
  const name = `${folder}manifest.json`;
  // The one of an attempt that was interrupted after it stays: it differs in its time only.
  if (!(await archive.find(name))) {
    const manifest = manifestOf(call, recordingId, recording, archived, at);
    await archive.write(name, 'application/json', checkedBytes({ bytes: textBytes(manifest) }));
  }
  const after = await changeCall(ledger, callId, (known) =>
    recordingArchived(known, recordingId, archived.map(toFile), at),
  );
  if (after.recordings[recordingId]?.archiving === undefined) {
    await archive.deleteAll(folder);
    return;
  }
  ledger.log.recordingArchived({ callId, recordingId, files: archived.length });
}

function toFile({ documentId: _, pauses: __, metadata: ___, ...file }: ArchivedChunk): RecordingFile {
  return file;
}

async function* textBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
