import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Digit,
  digitOf,
  inSequence,
  lastListening,
  listeningTo,
  withoutListening,
} from '../../../shared/calls/continuous-dtmf.ts';
import { applyEvent } from '../../../shared/calls/transitions.ts';
import { aCall, anEvent } from './stories.ts';

const somebody = '+14255550123';
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

const digit = (sequenceId: number, eventId = `event-${sequenceId}`): Digit => ({
  operationId: 'op',
  eventId,
  sequenceId,
  tone: ['zero', 'one', 'two', 'three'][sequenceId % 4] ?? 'zero',
  at: at(sequenceId),
});

test('digits come out in the order of their sequence, whatever order they came in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (ids) => {
      const { digits, gaps, duplicates } = inSequence(ids.map((id) => digit(id)));
      const sorted = [...ids].sort((a, b) => a - b);
      expect(digits.map(({ sequenceId }) => sequenceId)).toEqual(sorted);
      expect([...gaps, ...ids].sort((a, b) => a - b)).toEqual(
        Array.from({ length: sorted.at(-1) ?? 0 }, (_, index) => index + 1),
      );
      expect(duplicates).toEqual([]);
    }),
  );
});

test('a sequence id that came twice is shown twice and named, and nothing is guessed', () => {
  const twice = [digit(2), digit(1), { ...digit(2, 'another'), tone: 'nine', at: at(59) }];
  expect(inSequence(twice)).toEqual({
    digits: [
      { sequenceId: 1, tone: 'one', at: at(1) },
      { sequenceId: 2, tone: 'two', at: at(2) },
      { sequenceId: 2, tone: 'nine', at: at(59) },
    ],
    gaps: [],
    duplicates: [2],
  });
  expect(inSequence(twice.toReversed())).toEqual(inSequence(twice));
});

test('a tone is kept under the operation that began to listen; one without a context cannot be', () => {
  const event = anEvent('ContinuousDtmfRecognitionToneReceived', { tone: { sequenceId: 3, tone: 'five' } });
  expect(digitOf({ ...event, operationContext: 'op' })).toEqual({
    operationId: 'op',
    eventId: event.id,
    at: event.at,
    sequenceId: 3,
    tone: 'five',
  });
  expect(digitOf(event)).toBeUndefined();
  expect(digitOf(anEvent('PlayCompleted', { operationContext: 'op' }))).toBeUndefined();
});

test('the last listening of a participant counts, and keeps what became of it', () => {
  const first = listeningTo(aCall(), 'first', somebody, at(1));
  const second = listeningTo(withoutListening(first, [somebody]), 'second', somebody, at(2));
  expect(lastListening(aCall(), somebody)).toBeUndefined();
  expect(lastListening(first, somebody)).toEqual({ operationId: 'first', status: 'listening' });
  expect(lastListening(first, '8:acs:another')).toBeUndefined();
  expect(lastListening(second, somebody)).toEqual({ operationId: 'second', status: 'listening' });
  expect(second.listening?.first?.status).toBe('stopped');
  expect(withoutListening(second, ['8:acs:another'])).toEqual(second);
  expect(withoutListening(aCall(), [somebody]).listening).toEqual({});
  const restarted = listeningTo(listeningTo(aCall(), 'later', somebody, at(2)), 'sooner', somebody, at(1));
  expect(lastListening(restarted, somebody)?.operationId).toBe('later');
});

test('a failure of the recognition is kept with the listening it names', () => {
  const call = listeningTo(aCall(), 'op', somebody, at(1));
  const failed = anEvent('ContinuousDtmfRecognitionToneFailed', { operationContext: 'op' });
  expect(lastListening(applyEvent(call, failed), somebody)?.status).toBe('failed');
  const foreign = anEvent('ContinuousDtmfRecognitionToneFailed');
  expect(lastListening(applyEvent(call, foreign), somebody)?.status).toBe('listening');
});
