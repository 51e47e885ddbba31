/** The metadata of a chunk, a JSON file beside its sound (ACS-D4). */

import { RESOURCE_ID } from '../options.ts';
import { VIDEO } from './black-picture.ts';
import { channelCount, channelsOf } from './channels.ts';
import { BITS_PER_SECOND } from './encode.ts';
import type { RecordingFile } from './recording-file.ts';
import { SAMPLE_RATE } from './sound.ts';
import { within } from './timeline.ts';

/** The metadata of a file; times in ISO 8601, durations in milliseconds. */
export function metadataOf({ recording, ...chunk }: RecordingFile) {
  const { correlationId, terms, timeline } = recording;
  const channels = channelsOf(terms, timeline);
  const pauses = within(timeline.pauses, chunk.fromMs, chunk.untilMs);
  return {
    resourceId: RESOURCE_ID,
    callId: correlationId,
    chunkDocumentId: chunk.documentId,
    chunkIndex: chunk.index,
    chunkStartTime: isoTime(chunk.fromMs),
    chunkDuration: chunk.untilMs - chunk.fromMs,
    pauseResumeIntervals: pauses.map(({ fromMs, untilMs }) => {
      return { startTime: isoTime(fromMs), duration: untilMs - fromMs };
    }),
    recordingInfo: {
      contentType: terms.content,
      channelType: terms.channel,
      format: terms.format,
      audioConfiguration: {
        sampleRate: SAMPLE_RATE,
        bitRate: terms.format === 'wav' ? SAMPLE_RATE * 16 * channelCount(channels) : BITS_PER_SECOND[terms.format],
        channels: channelCount(channels),
      },
      ...(terms.content === 'audioVideo' && {
        videoConfiguration: {
          longerSideLength: VIDEO.width,
          shorterSideLength: VIDEO.height,
          framerate: VIDEO.framesPerSecond,
        },
      }),
    },
    participants: [...timeline.voices.keys()].map((participantId) => ({
      participantId,
      ...(terms.channel === 'unmixed' && channels.has(participantId) && { channel: channels.get(participantId) }),
    })),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
