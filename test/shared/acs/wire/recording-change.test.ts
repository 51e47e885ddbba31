import { expect, test } from 'vitest';
import { derivedId } from '../../../../shared/acs/wire/derived-id.ts';
import { parseEvent } from '../../../../shared/acs/wire/parse-event.ts';

const recordingId = 'eyJQbGF0Zm9ybUVuZHBvaW50SWQiOiIxIn0';

function changeOf(type: string, data: object) {
  const named = { callConnectionId: 'internal', serverCallId: 's', correlationId: 'c' };
  const envelope = { id: 'e', source: 's', specversion: '1.0', time: '2026-01-01T12:00:00+00:00' };
  const parsed = parseEvent({ ...envelope, type: `Microsoft.Communication.${type}`, data: { ...named, ...data } });
  return 'event' in parsed ? parsed.event?.recording : parsed;
}

const ids = { recordingId: derivedId(recordingId), acsRecordingId: recordingId };

test('RecordingStateChanged gives state and start; the year 1 is no start', () => {
  const active = { recordingId, state: 'active', startDateTime: '2026-01-01T12:00:00.5+00:00' };
  expect(changeOf('RecordingStateChanged', active)).toEqual({
    ...ids,
    state: 'active',
    startedAt: '2026-01-01T12:00:00.500Z',
  });
  const inactive = { recordingId, state: 'inactive', startDateTime: '0001-01-01T00:00:00+00:00' };
  expect(changeOf('RecordingStateChanged', inactive)).toEqual({ ...ids, state: 'inactive' });
  expect(changeOf('RecordingStateChanged', { recordingId, state: 'dreaming' })).toEqual(ids);
});

test('StartRecordingFailed names its recording, if it has one', () => {
  expect(changeOf('StartRecordingFailed', { recordingId })).toEqual(ids);
  expect(changeOf('StartRecordingFailed', {})).toBeUndefined();
});
