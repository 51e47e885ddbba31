/** The RecordingFileStatusUpdated event of Event Grid: where ACS keeps the files of a recording. */
import * as z from 'zod';
import { derivedId } from '../acs/wire/derived-id.ts';
import type { FilesReady } from '../calls/recording/recording-facts.ts';
import { recordingChannels, recordingContents, recordingFormats } from '../calls/recording/recording-record.ts';

/** Event Grid writes `AudioVideo` where Call Automation has `audioVideo` (documented); a value that is new is left out. */
const told = <Value extends string>(values: readonly Value[]) =>
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
  recordingContentType: told(recordingContents),
  recordingChannelType: told(recordingChannels),
  recordingFormatType: told(recordingFormats),
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
  /** None for files that were found without one. */
  readonly eventId?: string;
  readonly ready: FilesReady;
  /** How often it was tried before. */
  readonly attempt: number;
}

/** The message of an event. Throws what zod says when it is none that tells of files. */
export function toMessage({ id, eventTime, subject, data }: FileEvent): FilesMessage {
  const told = dataSchema.parse(data);
  const since = new Date(z.iso.datetime({ offset: true }).parse(eventTime)).toISOString();
  const acsRecordingId =
    told.recordingId ??
    z
      .string()
      .min(1)
      .parse(/\/recordingId\/([^/]+)/i.exec(subject)?.[1]);
  const { recordingContentType: content, recordingChannelType: channel, recordingFormatType: format } = told;
  const chunks = told.recordingStorageInfo.recordingChunks.map(
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
      ...(told.recordingStartTime && { startedAt: new Date(told.recordingStartTime).toISOString() }),
      ...(told.recordingDurationMs !== undefined && { durationMilliseconds: told.recordingDurationMs }),
    },
  };
}
