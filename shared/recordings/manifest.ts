/** The manifest of an archived recording: what its files are, so that a folder can be understood without the ledger. */
import { z } from 'zod';
import type { CallRecord } from '../calls/call.ts';
import { type Pause, toRecording } from '../calls/recording.ts';
import type { RecordingFile, RecordingRecord } from '../calls/recording-record.ts';
import type { StoredFile } from '../storage/recording-archive.ts';

/** A chunk in the archive. */
export interface ArchivedChunk extends RecordingFile {
  readonly documentId: string;
  readonly pauses: readonly Pause[];
  readonly metadata?: StoredFile & { readonly name: string };
}

/** What ACS writes of a chunk (documented); what is not there or not so is left out. */
const metadataSchema = z.object({
  chunkStartTime: z.iso.datetime({ offset: true }).optional().catch(undefined),
  chunkDuration: z.number().min(0).optional().catch(undefined),
  pauseResumeIntervals: z
    .array(z.object({ startTime: z.iso.datetime({ offset: true }), duration: z.number().min(0) }))
    .catch([]),
});

/** What the metadata of a chunk tells of its time; nothing when it is no JSON object. */
export function timesOf(metadata: string) {
  const { chunkStartTime, chunkDuration, pauseResumeIntervals } = metadataSchema.parse(parsed(metadata));
  return {
    ...(chunkStartTime !== undefined && { startedAt: new Date(chunkStartTime).toISOString() }),
    ...(chunkDuration !== undefined && { durationMilliseconds: chunkDuration }),
    pauses: pauseResumeIntervals.map(({ startTime, duration }): Pause => {
      const from = Date.parse(startTime);
      return { from: new Date(from).toISOString(), to: new Date(from + duration).toISOString() };
    }),
  };
}

/** The manifest. The pauses are those of the files; where ACS told none, those that were asked for. */
export function manifestOf(
  call: CallRecord,
  recordingId: string,
  { acsRecordingId }: RecordingRecord,
  chunks: readonly ArchivedChunk[],
  archivedAt: string,
): string {
  const { status: _, files: __, error: ___, pauses = [], ...recording } = toRecording(call, recordingId) ?? {};
  const told = chunks.flatMap((chunk) => chunk.pauses);
  const files = chunks.map(({ pauses: ____, ...file }) => file);
  const manifest = { ...recording, acsRecordingId, archivedAt, pauses: told.length > 0 ? told : pauses, files };
  return JSON.stringify(manifest, null, 2);
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
