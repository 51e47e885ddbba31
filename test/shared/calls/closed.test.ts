import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAnswered, isForgetful, originIn, withClosed } from '../../../shared/calls/closed.ts';
import { aCall, anOpenOperation } from './stories.ts';

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 120 });

test('a call remembers the operations that closed last, whose they were, and no more than fifty', () => {
  fc.assert(
    fc.property(ids, (closing) => {
      const call = closing.reduce((before, id) => withClosed(before, id, { context: id }), aCall());
      const last = closing.slice(-50);
      expect(Object.keys(call.closed)).toEqual(last);
      expect(last.map((id) => originIn(call, id))).toEqual(last.map((context) => ({ context })));
      expect(isForgetful(call)).toBe(closing.length >= 50);
      expect(closing.slice(0, -50).some((id) => isAnswered(call, id))).toBe(false);
    }),
  );
});

test('an operation that closes again is the last again', () => {
  const call = ['a', 'b', 'a'].reduce((before, id) => withClosed(before, id), aCall());
  expect(Object.keys(call.closed)).toEqual(['b', 'a']);
});

test('what came early of an operation goes when it closes', () => {
  const early = { a: { since: '', participants: [], held: [] }, b: { since: '', participants: [], held: [] } };
  expect(Object.keys(withClosed(aCall({ early }), 'a').early)).toEqual(['b']);
});

test('an operation is answered when it is open and confirmed, or closed', () => {
  const open = { a: anOpenOperation('play'), b: anOpenOperation('play', { unconfirmed: true }) };
  const call = aCall({ open, closed: { c: {} } });
  expect(['a', 'b', 'c', 'd'].map((id) => isAnswered(call, id))).toEqual([true, false, true, false]);
  expect(['a', 'b', 'c', 'd'].map((id) => originIn(call, id))).toEqual([{}, {}, {}, undefined]);
});
