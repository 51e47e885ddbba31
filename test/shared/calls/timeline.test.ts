import { expect, test } from 'vitest';
import {
  eventEntry,
  requestedEntry,
  settledEntry,
  type TimelineEntry,
  timelineKey,
} from '../../../shared/calls/timeline.ts';
import { timelineText } from '../../../shared/calls/timeline-text.ts';
import { operationNamed } from '../../../shared/operations/index.ts';
import { shortInput } from '../../../shared/operations/short-input.ts';
import { aCall, anEvent, anOpenOperation, now } from './stories.ts';

const ids = { operationId: '00000000-0000-4000-8000-000000000001', operation: 'play' };
const at = '2026-01-01T12:00:01.500Z';

test.each([
  [{ kind: 'api' }, undefined, 'a request to the API'],
  [{ kind: 'sequence', id: 's-1' }, 'reach[0]', 'step reach[0]'],
  [{ kind: 'sequence', id: 's-1' }, undefined, 'a sequence'],
  [{ kind: 'rule', id: 'vip' }, undefined, 'rule vip'],
  [{ kind: 'rule' }, undefined, 'no rule matches: the default action'],
  [{ kind: 'switchboard' }, undefined, 'a stream that failed'],
] as const)('a request of %o in step %s is caused by %s', (requestedBy, step, why) => {
  expect(requestedEntry(ids, { at, requestedBy, step, input: {} })).toMatchObject({
    kind: 'requested',
    requestedBy,
    why,
  });
});

test('an outcome names the event that is stored with it, or else the kind of its evidence', () => {
  const outcome = { status: 'succeeded', settledBy: 'event', settledAt: at } as const;
  expect(settledEntry('o', 'play', outcome, 'PlayCompleted').why).toBe('the event PlayCompleted');
  expect(settledEntry('o', 'play', outcome).why).toBe('an event of ACS');
  expect(settledEntry('o', 'play', { ...outcome, settledBy: 'deadline' }, 'PlayCompleted').why).toBe('its deadline');
});

test('an event is raised for the operation that it names, by its name while it is open', () => {
  const event = anEvent('PlayCompleted', { operationContext: ids.operationId });
  const open = { [ids.operationId]: anOpenOperation('play') };
  expect(eventEntry(event, aCall({ open }))).toMatchObject({ operationId: ids.operationId, why: 'raised for play' });
  expect(eventEntry(event, aCall()).why).toBe('raised for an operation');
});

test('an event names people by their ids, which are those of the call', () => {
  const people = ['+14255550123', '8:acs:a'].map((participant) => ({ participant, isMuted: false, isOnHold: false }));
  const { participantIds = [], ...entry } = eventEntry(
    anEvent('ParticipantsUpdated', { participants: people }),
    aCall(),
  );
  expect(participantIds).toHaveLength(2);
  expect(new Set(participantIds)).toHaveProperty('size', 2);
  expect(JSON.stringify([participantIds, entry])).not.toMatch(/4255550123|8:acs/);
  expect(entry.why).toBe('raised for the call');
});

test.each([
  [
    'createCall',
    { targets: ['+14255550123'], callerId: '+14255550100', displayName: 'Ada', sendDigits: '1234#' },
    { targets: ['p-id'] },
  ],
  ['sendDtmfTones', { to: '+14255550123', tones: ['one', 'two'] }, { to: 'p-id', tones: 2 }],
  [
    'recognize',
    { participant: '+14255550123', input: 'dtmf', maxTones: 4, prompt: { text: 'Your PIN?' } },
    { participant: 'p-id', input: 'dtmf', maxTones: 4 },
  ],
  ['hangUp', { forEveryone: true }, { forEveryone: true }],
] as const)('the input of %s is shown in short, without numbers, names, digits and words', (name, input, short) => {
  const operation = operationNamed(name);
  const shown = operation && shortInput(operation.input, input, () => 'p-id');
  expect(shown).toMatchObject(short);
  expect(JSON.stringify(shown)).not.toMatch(/\+1425|Ada|1234|PIN|"one"/);
});

const entries: readonly TimelineEntry[] = [
  requestedEntry(ids, { at: now, requestedBy: { kind: 'api' }, input: {} }),
  { at: now, kind: 'sent', ...ids },
  eventEntry(
    anEvent('CallDisconnected', { result: { code: 200, subCode: 5002, message: 'Over. DiagCode: 0#5002.@' } }),
  ),
  { at: now, kind: 'routed', action: 'answer', why: 'rule vip', eventId: 'e' },
  { at: now, kind: 'takeover', ...ids, why: 'its process ended' },
  { at: now, kind: 'read', message: 'connected', why: 'an event that is overdue' },
  { at: now, kind: 'sequenceStarted', sequenceId: '11111111-0000-4000-8000-000000000001', why: 'ringGroup' },
  { at: now, kind: 'sequenceEnded', sequenceId: 's-1', message: 'succeeded', why: 'ringGroup' },
  { at: now, kind: 'recordingArchived', recordingId: 'r-1', why: 'all its files are copied' },
  { at: now, kind: 'recordingFailed', recordingId: 'r-1', message: 'No file.', why: 'fileMissing' },
  settledEntry(ids.operationId, 'play', {
    status: 'failed',
    settledBy: 'event',
    settledAt: now,
    error: { code: 'playFailed', message: 'm', source: 'acs', acsCode: 500, acsSubCode: 9999, acsMessage: 'Internal.' },
  }),
  { at: now, kind: 'event', event: 'IncomingCall', message: 'Late.', acsCode: 999, participantIds: ['p-1', 'p-2'] },
];

test('each kind of entry is a sentence on an aligned line, with short ids and seconds since the start', () => {
  const lines = timelineText(entries, '2026-01-01T12:00:00.000Z').trimEnd().split('\n');
  expect(lines.map((line) => line.slice(12).trim())).toEqual([
    'app     stores the intent of play, by a request to the API',
    'ACS     accepts play',
    'ACS     sends CallDisconnected (200/5002 Over.): declined',
    'app     routes the call: answer, by rule vip',
    'app     continues play: its process ended',
    'app     reads the call at ACS for an event that is overdue: connected',
    'app     sequence 11111111… works on the call',
    'app     sequence s-1 ended: succeeded',
    'app     recording r-1 is in the archive',
    'app     recording r-1 failed: No file.',
    'app     play failed, by an event of ACS (500/9999 Internal.): acsUnavailable',
    'ACS     sends IncomingCall (999), 2 people: Late.',
  ]);
  expect(lines[0]).toMatch(/^ {2}60\.000 s {2}app/);
});

test('entries of one time have keys of their own, whatever their kind', () => {
  expect(new Set(entries.map(timelineKey)).size).toBe(entries.length);
});
