/** The files of a recording that has ended, and the Event Grid event with their locations. */

import { publish } from '../event-grid/publish.ts';
import { cut } from './chunks.ts';
import { type Locations, storeAtService, storeInContainer } from './file-storage.ts';
import type { Recording } from './recording.ts';
import type { RecordingContext } from './recording-context.ts';
import type { RecordingFile } from './recording-file.ts';
import { lengthMs, type Span, within } from './timeline.ts';

/** The delay between the end of a recording and its files (chosen here; minutes at the service). */
const FILES_READY_MS = 1000;

/**
 * Why a recording ended. Both are documented (ACS-D17); that a stop by the application is the second is chosen here.
 */
export type SessionEndReason = 'CallEnded' | 'InitiatorLeft';

/**
 * Stores the files and publishes RecordingFileStatusUpdated, a while later. A recording that was paused all the time
 * has neither (ACS-D3, for one that starts paused and is never resumed).
 */
export function publishFiles(context: RecordingContext, recording: Recording, reason: SessionEndReason): void {
  const { startedAtMs: fromMs, endedAtMs: untilMs = fromMs, pauses } = recording.timeline;
  const span = { fromMs, untilMs };
  if (lengthMs(within(pauses, fromMs, untilMs)) === lengthMs([span])) {
    return;
  }
  const files = cut(span, context.settings.recordingChunkSeconds * 1000).map((chunk) => {
    const documentId = `0-eus-d1-${context.random.bytes(16).toString('hex')}`;
    return { ...chunk, documentId, recording };
  });
  context.clock.schedule(FILES_READY_MS, async () => {
    publishStatus(context, recording, span, reason, await storeAll(context, recording, files));
  });
}

/**
 * The location of each file. What a user's container refuses is offered from ACS's storage, as its notice of a failed export
 * says where (ACS-D20); that the notice is the same event, without a member for the reason, is chosen here.
 */
async function storeAll(
  context: RecordingContext,
  { terms: { containerUrl } }: Recording,
  files: readonly RecordingFile[],
): Promise<(RecordingFile & Locations)[]> {
  const atService = () => files.map((file) => ({ ...file, ...storeAtService(context, file) }));
  if (containerUrl === undefined) {
    return atService();
  }
  try {
    const stored: (RecordingFile & Locations)[] = [];
    for (const file of files) {
      stored.push({ ...file, ...(await storeInContainer(context, file, containerUrl)) });
    }
    return stored;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const note = `not stored in the container, so offered from the service's own storage (${reason})`;
    context.log.add({ kind: 'delivery', event: 'RecordingFileStatusUpdated', note });
    return atService();
  }
}

function publishStatus(
  context: RecordingContext,
  { recordingId, serverCallId, correlationId, terms }: Recording,
  span: Span,
  sessionEndReason: SessionEndReason,
  files: readonly (RecordingFile & Locations)[],
): void {
  publish(context, 'RecordingFileStatusUpdated', {
    subject: `/recording/call/${correlationId}/serverCallId/${serverCallId}/recordingId/${recordingId}`,
    correlationId,
    data: {
      recordingStorageInfo: {
        recordingChunks: files.map(
          ({ documentId, index, endReason, contentLocation, metadataLocation, deleteLocation }) => {
            return { documentId, index, endReason, metadataLocation, contentLocation, deleteLocation };
          },
        ),
      },
      recordingStartTime: new Date(span.fromMs).toISOString(),
      recordingDurationMs: lengthMs([span]),
      recordingContentType: capitalized(terms.content),
      recordingChannelType: capitalized(terms.channel),
      recordingFormatType: capitalized(terms.format),
      sessionEndReason,
    },
  });
}

/** Event Grid spells its enums with a capital letter (ACS-D2). */
function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
