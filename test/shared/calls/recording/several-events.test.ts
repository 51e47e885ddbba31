import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toRecording } from '../../../../shared/calls/recording/recording.ts';
import { recordingEvent, recordingFailed } from '../../../../shared/calls/recording/recording-facts.ts';
import { hasWork, statusOf } from '../../../../shared/calls/recording/recording-record.ts';
import { isDoubtful, isRunning, mayStillRun } from '../../../../shared/calls/recording/recording-steps.ts';
import { anEvent } from '../stories.ts';
import {
  acsRecordingId,
  after,
  archivedOf,
  at,
  documentsIn,
  end,
  type Fact,
  filesAt,
  recordingId,
  start,
  statusAfter,
  stepAt,
  unknown,
} from './facts.ts';

test('events of files add up: each chunk is what the latest event that names it says, in any order and repeatedly', () => {
  const events = [filesAt(50, 'a', 'b'), filesAt(60, 'c'), filesAt(70, 'd', 'e', 'f')];
  const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
  fc.assert(
    fc.property(anyOrder, (shuffled) => {
      const call = after(start, stepAt('stop', 20), ...shuffled);
      expect(documentsIn(call)).toEqual([
        [0, 'd'],
        [1, 'e'],
        [2, 'f'],
      ]);
      expect(call.recordings[recordingId]?.archiving).toMatchObject({ since: at(50), lastEventAt: at(70) });
      expect(statusOf(call.recordings[recordingId] ?? unknown, undefined)).toBe('stopped');
    }),
  );
});

test('an event replaces what is not archived yet, and adds to what is', () => {
  const call = after(start, stepAt('stop', 20), filesAt(50, 'a'), archivedOf(0), filesAt(60, 'x', 'b'));
  expect(documentsIn(call)).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
  const resource = toRecording(call, recordingId);
  expect(resource).toMatchObject({ status: 'archived', files: [{ chunk: 0 }] });
  const whole = toRecording(archivedOf(0, 1)(call), recordingId);
  expect(whole).toMatchObject({ status: 'archived', archivedAt: at(90), files: [{ chunk: 0 }, { chunk: 1 }] });
});

test('a chunk that was stored without the time of its event gives way to an event', () => {
  const call = after(start, stepAt('stop', 20), filesAt(50, 'z'));
  const { [recordingId]: known = unknown } = call.recordings;
  const untimed = [{ index: 0, documentId: 'z', contentLocation: 'https://a.asm.skype.com/z' }];
  const archiving = { folder: 'f/', since: at(50), dueAt: at(50), chunks: untimed };
  const stored = { ...call, recordings: { [recordingId]: { ...known, archiving } } };
  expect(documentsIn(filesAt(40, 'a')(stored))).toEqual([[0, 'a']]);
});

test('attempts that end in any order leave every file that one of them archived', () => {
  const attempts = fc.shuffledSubarray([archivedOf(0), archivedOf(0, 1), archivedOf(0, 1, 2)], { minLength: 3 });
  const before = [start, stepAt('stop', 20), filesAt(50, 'a', 'b', 'c')];
  fc.assert(
    fc.property(attempts, (shuffled) => {
      expect(toRecording(after(...before, ...shuffled), recordingId)?.files.map(({ chunk }) => chunk)).toEqual([
        0, 1, 2,
      ]);
    }),
  );
});

test('whether an archive has work left: chunks that no attempt copied, and no failure since they were named', () => {
  const left = (...facts: readonly Fact[]) => hasWork(after(start, ...facts).recordings[recordingId] ?? unknown);
  const failedAt =
    (second: number): Fact =>
    (call) =>
      recordingFailed(call, recordingId, { code: 'x', message: '', at: at(second) });
  expect(left()).toBe(false);
  expect(left(filesAt(50, 'a'))).toBe(true);
  expect(left(filesAt(50, 'a'), archivedOf(0))).toBe(false);
  expect(left(filesAt(50, 'a'), archivedOf(0), filesAt(60, 'a', 'b'))).toBe(true);
  expect(left(filesAt(50, 'a'), failedAt(55))).toBe(false);
  expect(left(filesAt(50, 'a'), failedAt(55), filesAt(60, 'b'))).toBe(true);
});

/** What implies that a recording is over without a stop that ACS accepted. */
const implied: Readonly<Record<string, Fact>> = {
  'an event of its files': filesAt(30, 'a'),
  'the end of its call': end(30),
  'a failed start': (call) => {
    const recording = { recordingId, acsRecordingId };
    return recordingEvent(call, anEvent('StartRecordingFailed', { at: at(30), recording }));
  },
  'a timeout of its files': (call) => recordingFailed(call, recordingId, { code: 'x', message: '', at: at(30) }),
};

test.each(Object.entries(implied))('%s ends a recording only until ACS accepts a later step', (_, fact) => {
  const over = after(start, fact);
  const recording = over.recordings[recordingId] ?? unknown;
  expect(isRunning(recording, over.endedAt)).toBe(false);
  expect(mayStillRun(recording, over.endedAt)).toBe(true);
  expect(statusAfter(start, fact, stepAt('pause', 40))).toBe('paused');
  expect(statusAfter(start, fact, stepAt('pause', 40), stepAt('resume', 50))).toBe('recording');
  const paused = after(start, fact, stepAt('pause', 40));
  expect(isDoubtful(paused.recordings[recordingId] ?? unknown, paused.endedAt)).toBe(
    _ !== 'a failed start' && _ !== 'a timeout of its files',
  );
  const stopped = after(start, fact, stepAt('pause', 40), stepAt('stop', 60));
  expect(mayStillRun(stopped.recordings[recordingId] ?? unknown, stopped.endedAt)).toBe(false);
  expect(isRunning(stopped.recordings[recordingId] ?? unknown, stopped.endedAt)).toBe(false);
});
