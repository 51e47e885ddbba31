/** The RecordingFileStatusUpdated event of Event Grid: where ACS keeps the files of a recording. */
import * as z from 'zod';
import { derivedId } from '../acs/wire/derived-id.ts';
import { isSameServerCall } from '../acs/wire/server-call-id.ts';
import type { CallRecord } from '../calls/call.ts';
import type { FilesReady } from '../calls/recording/recording-facts.ts';
import {
  type RecordingRecord,
  recordingChannels,
  recordingContents,
  recordingFormats,
} from '../calls/recording/recording-record.ts';
import { gridEventSchema, requireTopic } from '../grid-event.ts';
import { isBelow, isOfHosts } from './locations.ts';

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

/** What the queue carries from the event to the archive. */
export interface FilesMessage {
  readonly recordingId: string;
  /** Absent for files that housekeeping found. */
  readonly eventId?: string;
  /** ACS's ids of the recorded call, as the event's subject has them. */
  readonly call?: { readonly correlationId?: string; readonly serverCallId?: string };
  readonly ready: FilesReady;
  /** The number of earlier attempts. */
  readonly attempt: number;
}

const eventSchema = gridEventSchema('RecordingFileStatusUpdated');

/** The queue message of a file event. Throws a ZodError when the event is none, or of another resource than `topic`. */
export function toMessage(received: unknown, topic: string | undefined): FilesMessage {
  const event = eventSchema.parse(received);
  requireTopic(event, topic);
  const { id, eventTime, subject, data } = event;
  const parsed = dataSchema.parse(data);
  const named = namesIn(subject);
  const acsRecordingId = parsed.recordingId ?? named.recordingId;
  requireThat(acsRecordingId !== undefined, 'subject', 'expected a recording id');
  requireThat(
    (named.recordingId ?? acsRecordingId) === acsRecordingId,
    'subject',
    'expected the recording id of the data',
  );
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
    recordingId: derivedId(String(acsRecordingId)),
    eventId: id,
    attempt: 0,
    call: {
      ...(named.call !== undefined && { correlationId: named.call }),
      ...(named.serverCallId !== undefined && { serverCallId: named.serverCallId }),
    },
    ready: {
      acsRecordingId: String(acsRecordingId),
      at: new Date(eventTime).toISOString(),
      kind: { ...(content && { content }), ...(channel && { channel }), ...(format && { format }) },
      chunks,
      ...(parsed.recordingStartTime && { startedAt: new Date(parsed.recordingStartTime).toISOString() }),
      ...(parsed.recordingDurationMs !== undefined && { durationMilliseconds: parsed.recordingDurationMs }),
    },
  };
}

/** The ids in a subject such as `/recording/call/{id}/serverCallId/{id}/recordingId/{id}` (ACS-D19). */
function namesIn(subject: string): Partial<Record<'call' | 'serverCallId' | 'recordingId', string>> {
  return Object.fromEntries(
    [...subject.matchAll(/\/(call|serverCallId|recordingId)\/([^/]+)/g)].map(([, name, id]) => [name, id]),
  );
}

function requireThat(isSo: boolean, member: string, message: string): void {
  if (!isSo) {
    throw new z.ZodError([{ code: 'custom', path: [member], message, input: undefined }]);
  }
}

/** Why a file event is refused: it names files that are not ACS's, or a recording of another call. */
export type EventRefusal = 'locationRefused' | 'otherCall';

/**
 * Why a file event may not change the recording that it names; undefined when it may. Its files are at ACS, or in the
 * caller's container if the recording went there, and its ids of the call are not both of another one.
 */
export function whyRefused(
  recording: RecordingRecord,
  { correlationId }: Pick<CallRecord, 'correlationId'>,
  { ready, call = {} }: FilesMessage,
  contentHosts: readonly string[],
): EventRefusal | undefined {
  const isAllowed = (location: string | undefined) =>
    location === undefined || isOfHosts(location, contentHosts) || isBelow(location, recording.destinationUrl);
  const locations = ready.chunks.flatMap((one) => [one.contentLocation, one.metadataLocation, one.deleteLocation]);
  if (!locations.every(isAllowed)) {
    return 'locationRefused';
  }
  const isOther =
    recording.serverCallId !== undefined &&
    call.serverCallId !== undefined &&
    !isSameServerCall(recording.serverCallId, call.serverCallId) &&
    call.correlationId !== correlationId;
  return isOther ? 'otherCall' : undefined;
}
