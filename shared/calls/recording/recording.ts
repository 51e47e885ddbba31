/** The recording resource of the API. */
import * as z from 'zod';
import type { CallRecord } from '../call.ts';
import {
  type ArchiveFailure,
  isWhole,
  lifeOf,
  type Move,
  recordingChannels,
  recordingContents,
  recordingFormats,
  statusOf,
} from './recording-record.ts';

export const recordingStatuses = ['recording', 'paused', 'stopped', 'archived', 'failed'] as const;

const pauseSchema = z.object({ from: z.iso.datetime(), to: z.iso.datetime().optional() });

/** A stretch in which nothing was recorded. */
export type Pause = Readonly<z.infer<typeof pauseSchema>>;

const fileSchema = z.object({
  chunk: z.int().meta({ description: 'Names the file to `GET …/content?chunk=`' }),
  contentType: z.string(),
  lengthBytes: z.int(),
  sha256: z.string().meta({ description: 'Hex digest of the file' }),
  startedAt: z.iso.datetime().optional(),
  durationMilliseconds: z.number().optional(),
  channels: z
    .array(z.object({ channel: z.int(), participant: z.string() }))
    .readonly()
    .optional()
    .meta({ description: 'Who is on which channel of an unmixed recording, from 0 on, as ACS reports it' }),
});

export const recordingSchema = z
  .object({
    recordingId: z.uuid(),
    callId: z.uuid(),
    status: z.enum(recordingStatuses),
    content: z.enum(recordingContents).optional(),
    channel: z.enum(recordingChannels).optional(),
    format: z.enum(recordingFormats).optional(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().optional(),
    stoppedAt: z.iso.datetime().optional(),
    archivedAt: z.iso.datetime().optional(),
    durationMilliseconds: z.number().optional(),
    pauses: z.array(pauseSchema).readonly(),
    files: z.array(fileSchema).readonly(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'Recording' });

export type Recording = Readonly<z.infer<typeof recordingSchema>>;

/** The resource; undefined for a recording that the call never had, or that was deleted. */
export function toRecording(
  { callId, endedAt, recordings }: Pick<CallRecord, 'callId' | 'endedAt' | 'recordings'>,
  recordingId: string,
): Recording | undefined {
  const recording = recordings[recordingId];
  const status = recording && statusOf(recording, endedAt);
  if (!recording || !status || status === 'deleted') {
    return undefined;
  }
  const { content, channel, format, createdAt, startedAt, archiving, failure, exportFailure } = recording;
  const life = lifeOf(recording, endedAt);
  return {
    recordingId,
    callId,
    status,
    ...present({ content, channel, format }),
    createdAt,
    ...present({
      startedAt,
      stoppedAt: life.find(({ to }) => to === 'stopped')?.at,
      archivedAt: archiving?.archivedAt,
      durationMilliseconds: archiving?.durationMilliseconds,
    }),
    pauses: pausesIn(life),
    files: (archiving?.files ?? []).map(({ name: _, ...file }) => file),
    ...(!(status === 'archived' && archiving && isWhole(archiving)) &&
      present({ error: errorOf(failure ?? exportFailure ?? archiving?.trouble) })),
  };
}

function errorOf(failure: ArchiveFailure | undefined): Recording['error'] {
  return failure && { code: failure.code, message: failure.message };
}

/** The stretches between a pause and the move after it. */
export function pausesIn(life: readonly Move[]): Pause[] {
  return life.flatMap(({ at, to }, index): Pause[] => {
    const next = life[index + 1];
    return to === 'paused' ? [{ from: at, ...(next && { to: next.at }) }] : [];
  });
}

function present<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
