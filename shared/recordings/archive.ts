/**
 * Archives a recording: every chunk with its metadata, then the manifest, then the ledger says so. Each step finds what an
 * interrupted attempt has done, so that a repeated message, or two at once, end in the same archive. A later event may name
 * further chunks, which are added to it.
 */
import type { CallRecord } from '../calls/call.ts';
import { recordingArchived, recordingFilesReady, recordingNotExported } from '../calls/recording/recording-facts.ts';
import {
  type Archiving,
  type Chunk,
  hasWork,
  isWhole,
  type RecordingFile,
  type RecordingRecord,
} from '../calls/recording/recording-record.ts';
import { eventEntry } from '../calls/timeline.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { CallWriter, EventWriter } from '../ledger/ledger.ts';
import { refuseEvent } from '../refused-events.ts';
import { archiveChunk } from './chunks.ts';
import { eraseAtAcs } from './erase.ts';
import { type EventRefusal, type FilesMessage, whyRefused } from './file-event.ts';
import { isBelow } from './locations.ts';
import { type ArchivedChunk, manifestOf } from './manifest.ts';
import type { Archive } from './open-archive.ts';
import { tryLater, waitForStart } from './retry.ts';
import { writeManifest } from './write-manifest.ts';

/** Processes a message. The reason of a failure is stored with the recording, and the message is retried. */
export async function archiveRecording(ledger: EventWriter, parts: Archive, message: FilesMessage): Promise<void> {
  const { recordingId } = message;
  const callId = ledger.recordingCalls.get(recordingId) ?? (await ledger.recordingIndex.callOf(recordingId));
  if (callId === undefined) {
    await waitForStart(ledger, parts, message);
    return;
  }
  const call = await storeFiles(ledger, parts, callId, message);
  if (typeof call === 'string') {
    await refuse(ledger, parts, message, call);
    return;
  }
  try {
    await archiveOrErase(ledger, parts, call, message);
    await ledger.recordingIndex.close(recordingId);
  } catch (error) {
    await tryLater(ledger, parts, callId, message, error);
  }
}

/** The call with the files that the message names, or why they are refused: then the call stays as it is. */
async function storeFiles(
  ledger: EventWriter,
  { sources }: Archive,
  callId: string,
  message: FilesMessage,
): Promise<CallRecord | EventRefusal> {
  const { recordingId, ready, eventId } = message;
  const entry =
    eventId === undefined
      ? undefined
      : { ...eventEntry({ id: eventId, at: ready.at, kind: 'RecordingFileStatusUpdated' }), recordingId };
  let refusal: EventRefusal | undefined;
  const call = await changeCall(
    ledger,
    callId,
    (known) => {
      const recording = known.recordings[recordingId];
      // Housekeeping's messages repeat what the ledger or the caller's container has.
      refusal =
        recording && eventId !== undefined ? whyRefused(recording, known, message, sources.contentHosts) : undefined;
      const call = refusal ? undefined : recordingFilesReady(known, recordingId, ready);
      const isAtAcs = recording && ready.chunks.some((chunk) => isNotExported(recording, chunk));
      return call && isAtAcs ? recordingNotExported(call, recordingId) : call;
    },
    entry ? { event: entry } : {},
  );
  const recording = call.recordings[recordingId];
  const wasClosed = recording?.archiving?.archivedAt !== undefined || recording?.failure !== undefined;
  if (refusal === undefined && wasClosed && hasWork(recording)) {
    await ledger.recordingIndex.add({ recordingId, callId, createdAt: recording.createdAt });
  }
  return refusal ?? call;
}

/** Whether ACS has a file that was to go to the caller's container: its notice of a failed export says where (ACS-D20). */
function isNotExported({ destinationUrl }: RecordingRecord, { contentLocation }: Chunk): boolean {
  return destinationUrl !== undefined && !isBelow(contentLocation, destinationUrl);
}

/** Keeps a refused event on the poison queue: it may be right and a setting wrong, and it is the only one with these addresses. */
async function refuse(
  ledger: EventWriter,
  { poison }: Archive,
  message: FilesMessage,
  reason: EventRefusal,
): Promise<void> {
  refuseEvent(ledger.log, { event: 'RecordingFileStatusUpdated', eventId: String(message.eventId) }, reason);
  await poison.send(message);
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
  if (recording && archiving && !isWhole(archiving)) {
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
  await writeManifest(archive, folder, archived, manifestOf(call, recordingId, recording, archived, at));
  const after = await changeCall(
    ledger,
    callId,
    (known) => recordingArchived(known, recordingId, archived.map(toFile), at),
    { timeline: [{ at, kind: 'recordingArchived', recordingId, why: 'all its files are copied' }] },
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
