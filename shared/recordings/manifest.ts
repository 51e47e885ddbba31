/** The manifest of an archived recording, which describes its files so that a folder is complete without the ledger. */
import * as z from 'zod';
import { canonicalParticipant } from '../acs/wire/identifiers.ts';
import type { CallRecord } from '../calls/call.ts';
import { type Pause, pausesIn } from '../calls/recording/recording.ts';
import { lifeOf, type RecordingFile, type RecordingRecord } from '../calls/recording/recording-record.ts';
import type { FileFacts } from '../storage/recording-archive.ts';

/** A chunk in the archive. */
export interface ArchivedChunk extends RecordingFile {
  readonly documentId: string;
  readonly pauses: readonly Pause[];
  readonly metadata?: FileFacts & { readonly name: string };
}

/** The metadata that ACS writes for a chunk (ACS-D4); absent or invalid members are left out. */
const metadataSchema = z.object({
  chunkStartTime: z.iso.datetime({ offset: true }).optional().catch(undefined),
  chunkDuration: z.number().min(0).optional().catch(undefined),
  pauseResumeIntervals: z
    .array(z.object({ startTime: z.iso.datetime({ offset: true }), duration: z.number().min(0) }))
    .catch([]),
  participants: z
    .array(z.object({ participantId: z.string().min(1).max(512), channel: z.int().min(0).optional() }))
    .catch([]),
});

/** The times in the metadata of a chunk, and who is on which channel (ACS-D21); nothing when it is no JSON object. */
export function factsOf(metadata: string) {
  const { chunkStartTime, chunkDuration, pauseResumeIntervals, participants } = metadataSchema.parse(parsed(metadata));
  const channels = participants.flatMap(({ participantId, channel }) =>
    channel === undefined ? [] : [{ channel, participant: canonicalParticipant(participantId) ?? participantId }],
  );
  return {
    ...(channels.length > 0 && { channels }),
    ...(chunkStartTime !== undefined && { startedAt: new Date(chunkStartTime).toISOString() }),
    ...(chunkDuration !== undefined && { durationMilliseconds: chunkDuration }),
    pauses: pauseResumeIntervals.map(({ startTime, duration }): Pause => {
      const from = Date.parse(startTime);
      return { from: new Date(from).toISOString(), to: new Date(from + duration).toISOString() };
    }),
  };
}

/** The manifest. The pauses are those of the metadata; when it has none, those that were requested. */
export function manifestOf(
  { callId, endedAt }: CallRecord,
  recordingId: string,
  recording: RecordingRecord,
  chunks: readonly ArchivedChunk[],
  archivedAt: string,
): string {
  const { acsRecordingId, content, channel, format, createdAt, startedAt, archiving } = recording;
  const life = lifeOf(recording, endedAt);
  const recorded = chunks.flatMap(({ pauses }) => pauses);
  const manifest = {
    recordingId,
    callId,
    acsRecordingId,
    content,
    channel,
    format,
    createdAt,
    startedAt,
    stoppedAt: life.at(-1)?.at,
    archivedAt,
    durationMilliseconds: archiving?.durationMilliseconds,
    pauses: recorded.length > 0 ? recorded : pausesIn(life),
    files: chunks.map(({ pauses: _, ...file }) => file),
  };
  return JSON.stringify(manifest, null, 2);
}

const listSchema = z.object({ files: z.array(z.object({ chunk: z.int() })) }).catch({ files: [] });

/** The chunks that a manifest lists. */
export function chunksIn(manifest: string): number[] {
  return listSchema.parse(parsed(manifest)).files.map(({ chunk }) => chunk);
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
