import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toRecording } from '../../../../shared/calls/recording/recording.ts';
import {
  archiveDelayed,
  recordingArchived,
  recordingEvent,
  recordingFailed,
  recordingFilesReady,
  recordingStarted,
  recordingStepped,
} from '../../../../shared/calls/recording/recording-facts.ts';
import { statusOf } from '../../../../shared/calls/recording/recording-record.ts';
import {
  isDoubtful,
  maxPausesPerRecording,
  maxRecordingsPerCall,
  type RecordingStep,
  recordingSteps,
  whyNotStart,
  whyNotStep,
} from '../../../../shared/calls/recording/recording-steps.ts';
import { anEvent } from '../stories.ts';
import {
  acsRecordingId,
  after,
  at,
  end,
  type Fact,
  files,
  filesAt,
  ready,
  recordingId,
  said,
  start,
  started,
  statusAfter,
  stepAt,
} from './facts.ts';

const stories: Readonly<Record<string, readonly Fact[]>> = {
  'a recording that is paused and resumed': [
    said('inactive', 1),
    said('active', 2, at(2)),
    stepAt('pause', 5),
    said('inactive', 5),
    stepAt('resume', 9),
    said('active', 9, at(2)),
    stepAt('stop', 20),
    said('inactive', 20),
    (call) => recordingFilesReady(call, recordingId, ready),
  ],
  'a recording whose files are reported by several events': [
    stepAt('stop', 20),
    filesAt(50, 'a', 'b'),
    filesAt(60, 'c', 'd', 'e'),
    filesAt(70, 'f'),
    said('inactive', 20),
  ],
  'a recording that ACS pauses and resumes after an event of its files': [
    filesAt(3, 'a'),
    stepAt('pause', 5),
    stepAt('resume', 9),
    filesAt(30, 'a', 'b'),
    said('active', 2, at(2)),
  ],
  'a recording that its call ends': [said('active', 2, at(2)), stepAt('pause', 5), end(7), said('inactive', 7)],
  'a recording that is archived': [
    stepAt('stop', 20),
    (call) => recordingFailed(call, recordingId, { code: 'fileEventMissing', message: '', at: at(40) }),
    (call) => recordingFilesReady(call, recordingId, ready),
  ],
};

test.each(Object.entries(stories))('%s is the same whatever order its facts come in, and however often', (_, facts) => {
  const expected = toRecording(after(start, ...facts), recordingId);
  const anyOrder = fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 });
  fc.assert(
    fc.property(anyOrder, (shuffled) => {
      expect(toRecording(after(start, ...shuffled), recordingId)).toEqual(expected);
    }),
  );
});

test('the answer of a start may come after the events of its recording', () => {
  const late = toRecording(after(said('active', 2, at(2)), start), recordingId);
  expect(late).toMatchObject({ status: 'recording', format: 'wav', startedAt: at(2) });
});

/** What each step leads to, from each state a recording can be in; the name of its refusal otherwise. */
const states: Readonly<Record<string, readonly Fact[]>> = {
  recording: [start],
  paused: [start, stepAt('pause', 5)],
  stopped: [start, stepAt('stop', 5)],
  archived: [
    start,
    (call) => recordingFilesReady(call, recordingId, ready),
    (call) => recordingArchived(call, recordingId, files, at(60)),
  ],
  failed: [start, (call) => recordingFailed(call, recordingId, { code: 'x', message: '', at: at(3) })],
};

test.each([
  ['recording', { pause: 'paused', resume: 'recordingNotPaused', stop: 'stopped', delete: 'recordingNotStopped' }],
  ['paused', { pause: 'recordingNotRunning', resume: 'recording', stop: 'stopped', delete: 'recordingNotStopped' }],
  [
    'stopped',
    { pause: 'recordingNotRunning', resume: 'recordingNotPaused', stop: 'recordingNotRunning', delete: 'deleted' },
  ],
  [
    'archived',
    { pause: 'recordingNotRunning', resume: 'recordingNotPaused', stop: 'recordingNotRunning', delete: 'deleted' },
  ],
  [
    'failed',
    { pause: 'recordingNotRunning', resume: 'recordingNotPaused', stop: 'recordingNotRunning', delete: 'deleted' },
  ],
])('a recording that is %s takes the steps that lead somewhere, and refuses the others by name', (status, expected) => {
  const facts = states[status] ?? [];
  expect(statusAfter(...facts)).toBe(status);
  const call = after(...facts);
  const recording = call.recordings[recordingId];
  const outcomes = Object.keys(recordingSteps).map((name) => {
    const step = name as RecordingStep;
    const refusal = recording && whyNotStep(step, recording, call.endedAt);
    return [step, refusal?.code ?? statusAfter(...facts, stepAt(step, 10))];
  });
  expect(Object.fromEntries(outcomes)).toEqual(expected);
});

test('no sequence of steps that are allowed leaves the life of a recording, and every refusal leaves it as it was', () => {
  const steps = fc.array(fc.constantFrom(...(Object.keys(recordingSteps) as RecordingStep[])), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (names) => {
      let facts: Fact[] = [start];
      names.forEach((step, index) => {
        const call = after(...facts);
        const recording = call.recordings[recordingId];
        const status = recording && statusOf(recording, call.endedAt);
        if (status !== 'deleted' && recording && !whyNotStep(step, recording, undefined)) {
          facts = [...facts, stepAt(step, index + 1)];
          expect(statusAfter(...facts)).toBe(recordingSteps[step].to);
        }
      });
    }),
  );
});

test('a call has one recording at a time, and a limit of recordings', () => {
  expect(whyNotStart(after())).toBeUndefined();
  expect(whyNotStart(after(start))).toMatchObject({ code: 'recordingRunning', blockingOperationId: 'op' });
  expect(whyNotStart(after(said('active', 2)))).toMatchObject({ code: 'recordingRunning' });
  expect(whyNotStart(after(start, stepAt('stop', 5)))).toBeUndefined();
  expect(whyNotStart(after(start, end(5)))).toBeUndefined();
  const others = Array.from({ length: maxRecordingsPerCall }, (_, index): Fact[] => {
    const id = `recording-${index}`;
    return [
      (call) => recordingStarted(call, { ...started, recordingId: id }, 'op', at(0)),
      (call) => recordingStepped(call, 'stop', id, at(1)),
    ];
  });
  expect(whyNotStart(after(...others.flat()))).toMatchObject({ code: 'recordingLimit' });
});

test('a recording is paused a limited number of times', () => {
  const pauses = Array.from({ length: maxPausesPerRecording }, (_, index) => [
    stepAt('pause', index * 2 + 1),
    stepAt('resume', index * 2 + 2),
  ]);
  const { recordings } = after(start, ...pauses.flat());
  const recording = recordings[recordingId];
  expect(recording && whyNotStep('pause', recording, undefined)).toMatchObject({ code: 'recordingLimit' });
  expect(recording && whyNotStep('stop', recording, undefined)).toBeUndefined();
});

test.each([
  ['nothing was reported yet', [start], false],
  ['ACS said inactive before it became active', [start, said('inactive', 1)], false],
  ['ACS said active', [start, said('active', 1)], false],
  ['ACS said inactive while it records', [start, said('active', 1), said('inactive', 9)], true],
  ['ACS said active while it is paused', [start, said('active', 1), stepAt('pause', 5), said('active', 9)], true],
  ['ACS said inactive as it is paused', [start, said('active', 1), stepAt('pause', 5), said('inactive', 5)], false],
  ['ACS said its pause before its resume', [start, said('active', 1), said('inactive', 5), stepAt('resume', 9)], false],
  ['it has stopped', [start, said('active', 1), said('inactive', 9), stepAt('stop', 10)], false],
] as const)('whether a response was lost follows from the events: %s', (_, facts, isSo) => {
  const { recordings, endedAt } = after(...facts);
  const recording = recordings[recordingId];
  expect(recording && isDoubtful(recording, endedAt)).toBe(isSo);
});

test('in doubt ACS decides', () => {
  const call = after(start, said('active', 1), said('inactive', 9));
  const recording = call.recordings[recordingId];
  expect(recording && whyNotStep('resume', recording, undefined)).toBeUndefined();
  expect(recording && whyNotStep('delete', recording, undefined)?.code).toBe('recordingNotStopped');
  expect(whyNotStart(call)).toBeUndefined();
});

test('what was deleted stays deleted, whatever is reported of it later', () => {
  const call = after(
    start,
    stepAt('stop', 5),
    stepAt('delete', 6),
    (one) => recordingFilesReady(one, recordingId, ready),
    said('active', 9),
    (one) => recordingArchived(one, recordingId, files, at(60)),
  );
  expect(call.recordings[recordingId]).toEqual({ acsRecordingId, createdAt: at(0), moves: [], deletedAt: at(6) });
  expect(toRecording(call, recordingId)).toBeUndefined();
});

test('an event that is about no recording, and a fact of one that is not known, leave the call as it is', () => {
  const call = after();
  expect(recordingEvent(call, anEvent('RecordingStateChanged'))).toBe(call);
  expect(stepAt('stop', 1)(call)).toBe(call);
  expect(archiveDelayed(after(start), recordingId, at(1)).recordings).toEqual(after(start).recordings);
});

test('a start that failed says why, in words of its own when ACS has none', () => {
  const failed =
    (message: string): Fact =>
    (call) => {
      const result = { code: 500, subCode: 1, message };
      const recording = { recordingId, acsRecordingId };
      return recordingEvent(call, anEvent('StartRecordingFailed', { at: at(1), recording, result }));
    };
  expect(after(failed('no room')).recordings[recordingId]?.failure?.message).toBe('no room');
  expect(after(failed('')).recordings[recordingId]?.failure?.message).toBe('ACS reported StartRecordingFailed.');
});

test('an archive shows why it waits, until it is whole', () => {
  const trouble = { code: 'contentEmpty', message: 'The file has no bytes.' };
  const files1: Fact = (call) => recordingFilesReady(call, recordingId, ready);
  const delayed: Fact = (call) => archiveDelayed(call, recordingId, at(70), trouble);
  expect(toRecording(after(start, files1, delayed), recordingId)).toMatchObject({ status: 'stopped', error: trouble });
  const whole = after(start, files1, delayed, (call) => recordingArchived(call, recordingId, files, at(80)));
  expect(toRecording(whole, recordingId)).toMatchObject({ status: 'archived', archivedAt: at(80) });
  expect(toRecording(whole, recordingId)).not.toHaveProperty('error');
  expect(whole.recordings[recordingId]?.archiving?.folder).toBe(`2026/01/01/${whole.callId}/${recordingId}/`);
});
