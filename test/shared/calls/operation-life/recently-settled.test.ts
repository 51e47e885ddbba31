import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  hasStoredResponse,
  mayHaveDroppedSettled,
  originIn,
  withSettled,
} from '../../../../shared/calls/operation-life/recently-settled.ts';
import { aCall, anOpenOperation } from '../stories.ts';

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 120 });

test('a call keeps the fifty operations that settled last, with their origins', () => {
  fc.assert(
    fc.property(ids, (closing) => {
      const call = closing.reduce((before, id) => withSettled(before, id, { context: id }), aCall());
      const last = closing.slice(-50);
      expect(Object.keys(call.recentlySettled)).toEqual(last);
      expect(last.map((id) => originIn(call, id))).toEqual(last.map((context) => ({ context })));
      expect(mayHaveDroppedSettled(call)).toBe(closing.length >= 50);
      expect(closing.slice(0, -50).some((id) => hasStoredResponse(call, id))).toBe(false);
    }),
  );
});

test('an operation that settles again is the last again', () => {
  const call = ['a', 'b', 'a'].reduce((before, id) => withSettled(before, id), aCall());
  expect(Object.keys(call.recentlySettled)).toEqual(['b', 'a']);
});

test('the buffered events of an operation go when it settles', () => {
  const buffered = { a: { since: '', participants: [], events: [] }, b: { since: '', participants: [], events: [] } };
  expect(Object.keys(withSettled(aCall({ buffered }), 'a').buffered)).toEqual(['b']);
});

test('an operation has a stored response when it is open and confirmed, or settled', () => {
  const open = { a: anOpenOperation('play'), b: anOpenOperation('play', { life: { state: 'unconfirmed' } }) };
  const call = aCall({ open, recentlySettled: { c: {} } });
  expect(['a', 'b', 'c', 'd'].map((id) => hasStoredResponse(call, id))).toEqual([true, false, true, false]);
  expect(['a', 'b', 'c', 'd'].map((id) => originIn(call, id))).toEqual([{}, {}, {}, undefined]);
});
