/** What the queue of recording files carries: the event as Event Grid puts it there, or the app's own message. */
import * as z from 'zod';
import { recordingChannels, recordingContents, recordingFormats } from '../calls/recording/recording-record.ts';
import { type FilesMessage, toMessage } from './file-event.ts';

const time = z.iso.datetime({ offset: true });

const messageSchema: z.ZodType<FilesMessage> = z.object({
  recordingId: z.string().min(1),
  eventId: z.string().min(1).exactOptional(),
  call: z
    .object({ correlationId: z.string().exactOptional(), serverCallId: z.string().exactOptional() })
    .exactOptional(),
  ready: z.object({
    acsRecordingId: z.string().min(1),
    at: time,
    kind: z.object({
      content: z.enum(recordingContents).exactOptional(),
      channel: z.enum(recordingChannels).exactOptional(),
      format: z.enum(recordingFormats).exactOptional(),
    }),
    chunks: z.array(
      z.object({
        index: z.int().min(0),
        documentId: z.string().min(1),
        contentLocation: z.string().min(1),
        metadataLocation: z.string().exactOptional(),
        deleteLocation: z.string().exactOptional(),
        namedAt: time.exactOptional(),
      }),
    ),
    startedAt: time.exactOptional(),
    durationMilliseconds: z.number().min(0).exactOptional(),
  }),
  attempt: z.int().min(0),
});

/** Reads what was received. Throws a ZodError when it is neither, or an event of another resource than `topic`. */
export function readFilesMessage(received: unknown, topic: string | undefined): FilesMessage {
  const isEvent = typeof received === 'object' && received !== null && 'eventType' in received;
  return isEvent ? toMessage(received, topic) : messageSchema.parse(received);
}
