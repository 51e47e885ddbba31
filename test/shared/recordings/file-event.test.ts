import { expect, test } from 'vitest';
import { derivedId } from '../../../shared/acs/wire/derived-id.ts';
import { toMessage } from '../../../shared/recordings/file-event.ts';

/** As documented, and as users of the service show it. */
const event = {
  id: 'e-1',
  eventTime: '2026-01-01T12:30:00.1234567Z',
  subject: '/recording/call/7c62cca0/serverCallId/aHR0cHM6/recordingId/eyJQbGF0Zm9ybSJ9',
  data: {
    recordingStorageInfo: {
      recordingChunks: [
        {
          documentId: '0-wus-d10-66217e1',
          index: 0,
          endReason: 'SessionEnded',
          contentLocation: 'https://us-api.asm.skype.com/v1/objects/0-wus-d10-66217e1/content/video',
          metadataLocation: 'https://us-api.asm.skype.com/v1/objects/0-wus-d10-66217e1/content/acsmetadata',
          deleteLocation: 'https://us-api.asm.skype.com/v1/objects/0-wus-d10-66217e1',
        },
      ],
    },
    recordingStartTime: '2026-01-01T12:00:00+00:00',
    recordingDurationMs: 6620,
    recordingContentType: 'AudioVideo',
    recordingChannelType: 'Mixed',
    recordingFormatType: 'Mp4',
    sessionEndReason: 'CallEnded',
  },
};

test('an event becomes a message that names the recording by our id and says what it is', () => {
  const message = toMessage(event);
  expect(message).toMatchObject({ recordingId: derivedId('eyJQbGF0Zm9ybSJ9'), eventId: 'e-1', attempt: 0 });
  expect(message.ready).toMatchObject({
    at: '2026-01-01T12:30:00.123Z',
    startedAt: '2026-01-01T12:00:00.000Z',
    durationMilliseconds: 6620,
    kind: { content: 'audioVideo', channel: 'mixed', format: 'mp4' },
  });
  const { endReason: _, ...chunk } = event.data.recordingStorageInfo.recordingChunks[0] ?? {};
  expect(message.ready.chunks).toEqual([chunk]);
});

test('an event of files in a container names its recording in the data', () => {
  const message = toMessage({
    ...event,
    subject: '/recording/call/c/serverCallId/s',
    data: { ...event.data, recordingId: 'r' },
  });
  expect(message.recordingId).toBe(derivedId('r'));
});

test('a new value, or none, leaves a fact out', () => {
  const chunks = [{ documentId: 'd', index: 0, contentLocation: 'https://us-api.asm.skype.com/v1/objects/d' }];
  const data = { recordingStorageInfo: { recordingChunks: chunks }, recordingFormatType: 'Opus' };
  expect(toMessage({ ...event, data }).ready).toEqual({
    acsRecordingId: 'eyJQbGF0Zm9ybSJ9',
    at: '2026-01-01T12:30:00.123Z',
    kind: {},
    chunks,
  });
});
