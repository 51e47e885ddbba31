import { expect, test } from 'vitest';
import { parseEvent } from '../../../../shared/acs/wire/parse-event.ts';

const envelope = { id: 'e1', type: 'Microsoft.Communication.PlayFailed', time: '2026-01-01T13:00:00+01:00', data: {} };

test('an event that says the least is an event, its time in UTC', () => {
  const named = { id: 'e1', at: '2026-01-01T12:00:00.000Z', kind: 'PlayFailed' };
  const raw = { id: 'e1', at: named.at, type: envelope.type, data: {} };
  expect(parseEvent(envelope)).toEqual({ ...named, raw, event: named });
  const unsaid = { callConnectionId: undefined, operationContext: undefined };
  expect(parseEvent({ ...envelope, data: unsaid })).toEqual({ ...named, raw, event: named });
});

test('null in an event is as if the member were left out', () => {
  const nulls = { operationContext: null, sequenceNumber: null, resultInformation: null };
  expect(parseEvent({ ...envelope, data: nulls })).toEqual(parseEvent(envelope));
});

test('result information without its members counts as nothing said', () => {
  expect(parseEvent({ ...envelope, data: { resultInformation: {} } })).toMatchObject({
    event: { result: { code: 0, subCode: 0, message: '' } },
  });
});

test('the event that the SDK parses is flattened, its people in the spelling of the API', () => {
  const identifier = { rawId: '4:+14255550123', kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } };
  const ids = {
    callConnectionId: 'cc',
    serverCallId: 'sc',
    correlationId: 'co',
    operationContext: '0b5f0f6e-1c1e-4d3e-8f3a-5d1c0e6f7a8b',
  };
  const list = { participants: [{ identifier, isMuted: true, isOnHold: false }], sequenceNumber: 3 };
  const type = (kind: string) => `Microsoft.Communication.${kind}`;
  expect(parseEvent({ ...envelope, type: type('ParticipantsUpdated'), data: { ...ids, ...list } })).toMatchObject({
    event: {
      ...ids,
      sequenceNumber: 3,
      participants: [{ participant: '+14255550123', isMuted: true, isOnHold: false }],
    },
  });
  const added = { ...ids, participant: identifier };
  expect(parseEvent({ ...envelope, type: type('AddParticipantSucceeded'), data: added })).toMatchObject({
    raw: { data: added },
  });
  expect(parseEvent({ ...envelope, type: type('AddParticipantSucceeded'), data: added })).toMatchObject({
    event: { participant: '+14255550123' },
  });
});

test.each([
  [null, 'not a CloudEvent: the element'],
  [{ ...envelope, id: '', time: 'noon' }, 'not a CloudEvent: id, time'],
  [{ ...envelope, data: { sequenceNumber: 'one' } }, 'not a CloudEvent: data.sequenceNumber'],
  [
    { ...envelope, type: 'Microsoft.Communication.AddParticipantFailed' },
    'the SDK cannot parse this AddParticipantFailed',
  ],
])('%o is no event, for a reason', (element, reason) => {
  expect(parseEvent(element)).toEqual({ reason: expect.stringContaining(reason) });
});

const withIds = { callConnectionId: 'cc', serverCallId: 'sc', correlationId: 'co' };

test.each([
  [
    'RecognizeCompleted',
    { recognitionType: 'dtmf', dtmfResult: { tones: ['one', 'pound'] } },
    { recognitionType: 'dtmf', tones: ['one', 'pound'] },
  ],
  ['RecognizeCompleted', { recognitionType: 'dtmf', dtmfResult: {} }, { recognitionType: 'dtmf', tones: [] }],
  [
    'RecognizeCompleted',
    { recognitionType: 'choices', choiceResult: { label: 'Yes', recognizedPhrase: 'yes', confidence: 0.9 } },
    { recognitionType: 'choices', choice: { label: 'Yes', recognizedPhrase: 'yes', confidence: 0.9 } },
  ],
  [
    'RecognizeCompleted',
    { recognitionType: 'choices', choiceResult: { label: 'Yes', recognizedPhrase: null }, speechResult: null },
    { recognitionType: 'choices', choice: { label: 'Yes' } },
  ],
  [
    'RecognizeCompleted',
    { recognitionType: 'speech', speechResult: { speech: 'billing', confidence: 0.8 } },
    { recognitionType: 'speech', speech: { speech: 'billing', confidence: 0.8 } },
  ],
  ['RecognizeFailed', { failedPlaySourceIndex: 1 }, { failedPlaySourceIndex: 1 }],
  ['PlayFailed', {}, undefined],
  [
    'MediaStreamingFailed',
    { mediaStreamingUpdate: { mediaStreamingStatusDetails: 'streamUrlMissing' } },
    { details: 'streamUrlMissing' },
  ],
  ['MediaStreamingFailed', {}, undefined],
  [
    'TranscriptionFailed',
    { transcriptionUpdate: { transcriptionStatusDetails: 'authenticationFailure' } },
    { details: 'authenticationFailure' },
  ],
  ['TranscriptionFailed', {}, undefined],
])('%s with %o yields %o', (kind, data, detail) => {
  const parsed = parseEvent({ ...envelope, type: `Microsoft.Communication.${kind}`, data: { ...withIds, ...data } });
  expect(parsed).toHaveProperty('event.kind', kind);
  expect('event' in parsed && parsed.event?.detail).toEqual(detail);
});

test('a tone comes with its place in the sequence', () => {
  const type = 'Microsoft.Communication.ContinuousDtmfRecognitionToneReceived';
  const parsed = parseEvent({ ...envelope, type, data: { ...withIds, sequenceId: 4, tone: 'five' } });
  expect(parsed).toMatchObject({ event: { tone: { sequenceId: 4, tone: 'five' } } });
});
