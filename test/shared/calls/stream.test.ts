import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallRecord, toCall } from '../../../shared/calls/call.ts';
import type { CallEvent } from '../../../shared/calls/event.ts';
import {
  restartRefused,
  restartsOf,
  type StreamName,
  streamNames,
  withStreamOptions,
  withStreamWanted,
} from '../../../shared/calls/stream.ts';
import { applyEvent } from '../../../shared/calls/transitions.ts';
import { aCall, anEvent } from './stories.ts';

const kindOf = { mediaStreaming: 'MediaStreaming', transcription: 'Transcription' } as const;

/** The events of a stream that starts, fails, is started again and ends as said, a minute apart. */
function storyOf(name: StreamName, last: 'Started' | 'Stopped' | 'Failed'): readonly CallEvent[] {
  const at = (minute: number) => `2026-01-01T12:0${minute}:00.000Z`;
  const failure = {
    result: { code: 500, subCode: 8603, message: 'interrupted' },
    detail: { details: 'streamConnectionInterrupted' },
  };
  return [
    anEvent(`${kindOf[name]}Started`, { at: at(1) }),
    anEvent(`${kindOf[name]}Failed`, { at: at(2), ...failure }),
    anEvent(`${kindOf[name]}Started`, { at: at(3) }),
    anEvent(`${kindOf[name]}${last}`, { at: at(4), ...(last === 'Failed' && failure) }),
  ];
}

const options = (name: StreamName, restart?: object) => ({
  [name]: { transportUrl: 'wss://media.contoso.com/audio?token=secret', ...(restart && { restart }) },
});

const after = (call: CallRecord, events: readonly CallEvent[]) => events.reduce(applyEvent, call);

const expected = {
  Started: { status: 'active', since: '2026-01-01T12:04:00.000Z' },
  Stopped: { status: 'stopped', since: '2026-01-01T12:04:00.000Z' },
  Failed: {
    status: 'failed',
    since: '2026-01-01T12:04:00.000Z',
    reason: 'streamConnectionInterrupted',
    acsCode: 500,
    acsSubCode: 8603,
    acsMessage: 'interrupted',
  },
} as const;

const cases = streamNames.flatMap((name) =>
  (['Started', 'Stopped', 'Failed'] as const).map((last) => [name, last] as const),
);

test.each(cases)('%s shows the last event by its time, in any order, with its host: %s', (name, last) => {
  const events = storyOf(name, last);
  fc.assert(
    fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), fc.nat(4), (shuffled, count) => {
      // ACS's response, which brings the options, may come after any event.
      const first = after(aCall({ status: 'connected' }), shuffled.slice(0, count));
      const call = after(withStreamOptions(first, options(name)), shuffled.slice(count));
      expect(toCall(call)?.[name]).toEqual({ ...expected[last], transportUrl: 'media.contoso.com' });
    }),
  );
});

test('a failure that is delivered twice counts once', () => {
  const policy = { attempts: 3, backoffSeconds: 5 };
  const call = withStreamOptions(aCall({ status: 'connected' }), options('mediaStreaming', policy));
  const failed = anEvent('MediaStreamingFailed');
  expect(after(call, [failed, failed])).toEqual(applyEvent(call, failed));
});

test('a call without streams shows none, and one whose stream has not started neither', () => {
  const call = withStreamOptions(aCall({ status: 'connected' }), options('mediaStreaming'));
  expect(toCall(call)).not.toHaveProperty('mediaStreaming');
  expect(toCall(call)).not.toHaveProperty('transcription');
});

test('a stream ends with its call, of which ACS sends no event, and one that failed stays failed', () => {
  const active = applyEvent(aCall({ status: 'connected' }), anEvent('MediaStreamingStarted'));
  const failed = applyEvent(active, anEvent('TranscriptionFailed'));
  const ended = applyEvent(failed, anEvent('CallDisconnected', { at: '2026-01-01T13:00:00.000Z' }));
  expect(toCall(ended)).toMatchObject({
    mediaStreaming: { status: 'stopped', since: '2026-01-01T13:00:00.000Z' },
    transcription: { status: 'failed' },
  });
});

test.each(streamNames)('%s is started again after growing pauses, as often as asked', (name) => {
  const [started, failed] = storyOf(name, 'Failed');
  const policy = { attempts: 2, backoffSeconds: 10 };
  const call = withStreamOptions(aCall({ status: 'connected' }), options(name, policy));
  const once = after(call, [started, failed] as CallEvent[]);
  const again = { ...(failed as CallEvent), id: 'again', at: '2026-01-01T12:03:00.000Z' };
  const twice = applyEvent(once, again);
  expect(restartsOf(call)).toEqual([]);
  expect(restartsOf(once)).toEqual([{ name, failure: 1, dueAt: '2026-01-01T12:02:10.000Z' }]);
  expect(restartsOf(twice)).toEqual([{ name, failure: 2, dueAt: '2026-01-01T12:03:20.000Z' }]);
  expect(restartsOf(applyEvent(twice, { ...again, id: 'third', at: '2026-01-01T12:04:00.000Z' }))).toEqual([]);
  expect(restartsOf(applyEvent(once, { ...(started as CallEvent), id: 'b', at: again.at }))).toEqual([]);
});

test('a stream that a caller stopped is not started again, until a caller starts it', () => {
  const policy = { attempts: 3, backoffSeconds: 60 };
  const call = withStreamOptions(aCall({ status: 'connected' }), options('mediaStreaming', policy));
  const failed = after(call, storyOf('mediaStreaming', 'Failed'));
  const stopped = withStreamWanted(failed, 'mediaStreaming', false);
  expect(restartsOf(failed)).toHaveLength(1);
  expect(restartsOf(stopped)).toEqual([]);
  expect(restartsOf(withStreamWanted(stopped, 'mediaStreaming', true))).toHaveLength(1);
});

test('a restart that ACS refuses uses up an attempt, once', () => {
  const policy = { attempts: 3, backoffSeconds: 5 };
  const call = withStreamOptions(aCall({ status: 'connected' }), options('transcription', policy));
  const [due] = restartsOf(applyEvent(call, anEvent('TranscriptionFailed')));
  const failed = applyEvent(call, anEvent('TranscriptionFailed'));
  const now = '2026-01-01T14:00:00.000Z';
  expect(due).toBeDefined();
  const refused = due ? restartRefused(failed, due, now) : failed;
  expect(restartsOf(refused)).toEqual([{ name: 'transcription', failure: 2, dueAt: '2026-01-01T14:00:10.000Z' }]);
  expect(due && restartRefused(refused, due, '2026-01-01T15:00:00.000Z')).toEqual(refused);
});
