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

const callee = '+14255550123';
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

const digit = (sequenceId: number, eventId = `event-${sequenceId}`): Digit => ({
  operationId: 'op',
  eventId,
  sequenceId,
  tone: ['zero', 'one', 'two', 'three'][sequenceId % 4] ?? 'zero',
  at: at(sequenceId),
});

test('digits are listed in the order of their sequence, in whatever order they arrived', () => {
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

test('a sequence id that arrived twice is listed twice, and as a duplicate', () => {
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

test('a tone is stored under the operation that started to listen; one without a context cannot be', () => {
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

test('the last recognition of a participant counts, with its status', () => {
  const first = listeningTo(aCall(), 'first', callee, at(1));
  const second = listeningTo(withoutListening(first, [callee]), 'second', callee, at(2));
  expect(lastListening(aCall(), callee)).toBeUndefined();
  expect(lastListening(first, callee)).toEqual({ operationId: 'first', status: 'listening' });
  expect(lastListening(first, '8:acs:another')).toBeUndefined();
  expect(lastListening(second, callee)).toEqual({ operationId: 'second', status: 'listening' });
  expect(second.listening?.first?.status).toBe('stopped');
  expect(withoutListening(second, ['8:acs:another'])).toEqual(second);
  expect(withoutListening(aCall(), [callee]).listening).toEqual({});
  const restarted = listeningTo(listeningTo(aCall(), 'later', callee, at(2)), 'sooner', callee, at(1));
  expect(lastListening(restarted, callee)?.operationId).toBe('later');
});

test('a failure of the recognition is stored with the operation that it names', () => {
  const call = listeningTo(aCall(), 'op', callee, at(1));
  const failed = anEvent('ContinuousDtmfRecognitionToneFailed', { operationContext: 'op' });
  expect(lastListening(applyEvent(call, failed), callee)?.status).toBe('failed');
  const foreign = anEvent('ContinuousDtmfRecognitionToneFailed');
  expect(lastListening(applyEvent(call, foreign), callee)?.status).toBe('listening');
});
