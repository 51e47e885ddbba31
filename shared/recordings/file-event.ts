/** The RecordingFileStatusUpdated event of Event Grid: where ACS keeps the files of a recording. */
import * as z from 'zod';
import { derivedId } from '../acs/wire/derived-id.ts';
import type { FilesReady } from '../calls/recording/recording-facts.ts';
import { recordingChannels, recordingContents, recordingFormats } from '../calls/recording/recording-record.ts';

/** Event Grid writes `AudioVideo` where Call Automation has `audioVideo` (ACS-D2); an unknown value is left out. */
const oneOf = <Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .optional()
    .transform((text) => values.find((value) => value.toLowerCase() === text?.toLowerCase()));

const location = z.url().max(2048);

const dataSchema = z.looseObject({
  recordingId: z.string().min(1).max(2048).optional(),
  recordingStorageInfo: z.looseObject({
    recordingChunks: z
      .array(
        z.looseObject({
          documentId: z.string().min(1).max(256),
          index: z.int().min(0),
          contentLocation: location,
          metadataLocation: location.optional(),
          deleteLocation: location.optional(),
        }),
      )
      .min(1),
  }),
  recordingStartTime: z.iso.datetime({ offset: true }).optional(),
  recordingDurationMs: z.number().min(0).optional(),
  recordingContentType: oneOf(recordingContents),
  recordingChannelType: oneOf(recordingChannels),
  recordingFormatType: oneOf(recordingFormats),
});

/** The event's own fields; the host has checked that it is an Event Grid event. */
export interface FileEvent {
  readonly id: string;
  readonly eventTime: string;
  readonly subject: string;
  readonly data?: unknown;
}

/** What the queue carries from the event to the archive. */
export interface FilesMessage {
  readonly recordingId: string;
  /** Absent for files that housekeeping found. */
  readonly eventId?: string;
  readonly ready: FilesReady;
  /** The number of earlier attempts. */
  readonly attempt: number;
}

/** The queue message of a file event. Throws a ZodError when the event is none. */
export function toMessage({ id, eventTime, subject, data }: FileEvent): FilesMessage {
  const parsed = dataSchema.parse(data);
  const since = new Date(z.iso.datetime({ offset: true }).parse(eventTime)).toISOString();
  const acsRecordingId =
    parsed.recordingId ??
    z
      .string()
      .min(1)
      .parse(/\/recordingId\/([^/]+)/i.exec(subject)?.[1]);
  const { recordingContentType: content, recordingChannelType: channel, recordingFormatType: format } = parsed;
  const chunks = parsed.recordingStorageInfo.recordingChunks.map(
    ({ documentId, index, contentLocation, metadataLocation, deleteLocation }) => ({
      documentId,
      index,
      contentLocation,
      ...(metadataLocation !== undefined && { metadataLocation }),
      ...(deleteLocation !== undefined && { deleteLocation }),
    }),
  );
  return {
    recordingId: derivedId(acsRecordingId),
    eventId: id,
    attempt: 0,
    ready: {
      acsRecordingId,
      at: since,
      kind: { ...(content && { content }), ...(channel && { channel }), ...(format && { format }) },
      chunks,
      ...(parsed.recordingStartTime && { startedAt: new Date(parsed.recordingStartTime).toISOString() }),
      ...(parsed.recordingDurationMs !== undefined && { durationMilliseconds: parsed.recordingDurationMs }),
    },
  };
}
