import { expect, test } from 'vitest';
import { derivedId } from '../../../shared/acs/wire/derived-id.ts';
import { toMessage, whyRefused } from '../../../shared/recordings/file-event.ts';

/** As documented, and as users of the service show it. */
const event = {
  id: 'e-1',
  eventType: 'Microsoft.Communication.RecordingFileStatusUpdated',
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
  const message = toMessage(event, undefined);
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
  const message = toMessage(
    {
      ...event,
      subject: '/recording/call/c/serverCallId/s',
      data: { ...event.data, recordingId: 'r' },
    },
    undefined,
  );
  expect(message.recordingId).toBe(derivedId('r'));
});

test('a new value, or none, leaves a fact out', () => {
  const chunks = [{ documentId: 'd', index: 0, contentLocation: 'https://us-api.asm.skype.com/v1/objects/d' }];
  const data = { recordingStorageInfo: { recordingChunks: chunks }, recordingFormatType: 'Opus' };
  expect(toMessage({ ...event, data }, undefined).ready).toEqual({
    acsRecordingId: 'eyJQbGF0Zm9ybSJ9',
    at: '2026-01-01T12:30:00.123Z',
    kind: {},
    chunks,
  });
});

const topic = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/communicationServices/contoso';
const of = (over: object) => () => toMessage({ ...event, topic, ...over }, topic);

test('the topic of an event is that of the ACS resource, in any case', () => {
  expect(of({ topic: topic.toUpperCase() })).not.toThrow();
  expect(of({ topic: `${topic}-other` })).toThrow('expected the topic of the ACS resource');
  expect(of({ topic: undefined })).toThrow('expected the topic of the ACS resource');
});

test.each([
  ['no recording id', { subject: '/recording/call/c', data: event.data }, 'expected a recording id'],
  ['two recording ids', { data: { ...event.data, recordingId: 'other' } }, 'expected the recording id of the data'],
  ['no storage info', { data: { ...event.data, recordingStorageInfo: undefined } }, 'recordingStorageInfo'],
  ['no chunks', { data: { recordingStorageInfo: { recordingChunks: [] } } }, 'recordingChunks'],
])('an event with %s is none', (_, over, message) => {
  expect(of(over)).toThrow(message);
});

const hosts = ['.asm.skype.com'];
const recording = { acsRecordingId: 'r', createdAt: '2026-01-01T12:00:00.000Z', moves: [], serverCallId: 'aHR0cHM6' };
const call = { correlationId: '7c62cca0' };
const refusal = (change: object, over: object = {}, of = recording) => {
  const message = toMessage({ ...event, ...over }, undefined);
  const chunks = message.ready.chunks.map((chunk) => ({ ...chunk, ...change }));
  return whyRefused(of, call, { ...message, ready: { ...message.ready, chunks } }, hosts);
};

test.each(['contentLocation', 'metadataLocation', 'deleteLocation'])(
  'a %s that is not at ACS refuses an event',
  (name) => {
    expect(refusal({ [name]: 'https://us-api.asm.skype.com/v1/x' })).toBeUndefined();
    expect(refusal({ [name]: 'https://asm.skype.com.example.com/v1/x' })).toBe('locationRefused');
    expect(refusal({ [name]: 'http://us-api.asm.skype.com/v1/x' })).toBe('locationRefused');
    const own = { ...recording, destinationUrl: 'https://contoso.blob.core.windows.net/calls/op' };
    expect(refusal({ [name]: `${own.destinationUrl}/0-audio.wav` }, {}, own)).toBeUndefined();
    expect(refusal({ [name]: `${own.destinationUrl}/../other/0-audio.wav` }, {}, own)).toBe('locationRefused');
  },
);

test('an event whose ids of the call are both those of another call is refused', () => {
  const subject = (id: string, serverCallId: string) => ({
    subject: `/recording/call/${id}/serverCallId/${serverCallId}/recordingId/r`,
  });
  expect(refusal({}, subject('other', 'other'))).toBe('otherCall');
  expect(refusal({}, subject('other', recording.serverCallId))).toBeUndefined();
  expect(refusal({}, subject('7c62cca0', 'other'))).toBeUndefined();
  expect(refusal({}, { subject: '/recording/call/other/recordingId/r' })).toBeUndefined();
});
