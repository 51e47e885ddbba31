import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contiguousTones,
  type Digit,
  digitOf,
  inSequence,
  lastListening,
  listeningTo,
  withoutListening,
} from '../../../shared/calls/continuous-dtmf.ts';
import type { CallEvent } from '../../../shared/calls/event.ts';
import { settlePresumed, unadvanced } from '../../../shared/calls/operation-life/advance.ts';
import { applyAndSettle } from '../../../shared/calls/operation-life/apply-event.ts';
import type { Outcome } from '../../../shared/calls/operation-life/outcome.ts';
import { applyEvent } from '../../../shared/calls/transitions.ts';
import { applyResponse } from '../../../shared/ledger/commands/apply-response.ts';
import { settlements } from '../../../shared/operations/index.ts';
import { startContinuousDtmfRecognition } from '../../../shared/operations/media/start-continuous-dtmf-recognition.ts';
import { aCall, afterGrace, anEvent, graceClock } from './stories.ts';

const callee = '+14255550123';
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

const digit = (sequenceId: number, eventId = `event-${sequenceId}`): Digit => ({
  operationId: 'op',
  eventId,
  sequenceId,
  tone: ['zero', 'one', 'two', 'three'][sequenceId % 4] ?? 'zero',
  at: at(sequenceId),
});

test('tones are known up to the first that has not arrived, each once, in whatever order they arrived', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (ids) => {
      const arrived = ids.map((id, index) => digit(id, `event-${index}`));
      const length = Array.from({ length: 21 }, (_, index) => index).findIndex((index) => !ids.includes(index + 1));
      const expected = Array.from({ length }, (_, index) => digit(index + 1).tone);
      expect(contiguousTones(arrived)).toEqual(expected);
    }),
  );
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

const failure = { code: 500, subCode: 8506, message: 'Recognition failed.' };

/** The call after the facts about a start, whose grace period is then over, and how its operation settled. */
function endAfter(facts: readonly ('response' | CallEvent)[]) {
  const intent = {
    operationId: 'op',
    name: 'startContinuousDtmfRecognition',
    callId: 'call',
    fingerprint: '',
    attemptId: '',
    createdAt: at(0),
    dueAt: at(59),
    input: { participant: callee },
    about: [callee],
  };
  const settled: Outcome[] = [];
  let call = aCall({ status: 'connected' });
  for (const fact of facts) {
    if (fact === 'response') {
      const answered = { kind: 'answered', answer: {} } as const;
      const applied = applyResponse(call, startContinuousDtmfRecognition, intent, answered, graceClock);
      settled.push(...(applied.outcome ? [applied.outcome] : []));
      call = applied.call;
    } else {
      const applied = applyAndSettle(call, fact, settlements, graceClock);
      settled.push(...applied.settled.map(({ outcome }) => outcome));
      call = applied.call;
    }
  }
  const last = settlePresumed(unadvanced(call), settlements, afterGrace);
  settled.push(...last.settled.map(({ outcome }) => outcome));
  return { status: lastListening(last.call, callee)?.status, settled, open: last.call.open };
}

test('a start that a ToneFailed names is failed, in whatever order the response and the events arrive', () => {
  const tone = { sequenceId: 1, tone: 'five' };
  const facts = [
    'response',
    anEvent('ContinuousDtmfRecognitionToneFailed', { operationContext: 'op', result: failure }),
    anEvent('ContinuousDtmfRecognitionToneReceived', { operationContext: 'op', tone }),
    anEvent('CallDisconnected'),
  ] as const;
  const anyOrder = fc.shuffledSubarray([...facts], { minLength: facts.length });
  fc.assert(
    fc.property(anyOrder, (shuffled) => {
      const { status, settled, open } = endAfter(shuffled);
      const error = { code: 'continuousDtmfRecognitionToneFailed', source: 'acs', acsSubCode: failure.subCode };
      expect(settled).toEqual([
        expect.objectContaining({ status: 'failed', settledBy: 'event', error: expect.objectContaining(error) }),
      ]);
      expect({ status, open }).toEqual({ status: 'failed', open: {} });
    }),
  );
});

test('a start that ACS accepts and nothing contradicts has succeeded by its response once the grace period is over', () => {
  const tone = anEvent('ContinuousDtmfRecognitionToneReceived', {
    operationContext: 'op',
    tone: { sequenceId: 1, tone: 'five' },
  });
  for (const facts of [['response'], ['response', tone], [tone, 'response']] as const) {
    const { status, settled } = endAfter(facts);
    expect(settled).toEqual([expect.objectContaining({ status: 'succeeded', settledBy: 'response' })]);
    expect(status).toBe('listening');
  }
});
