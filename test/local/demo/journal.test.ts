import { expect, it } from 'vitest';
import { findingsOf, isAsExpected, timelineOf } from '../../../local/demo/journal.ts';

it('prints moments in the order of time, aligned, from the first one on', () => {
  const moments = [
    { atMs: 12_345, who: 'ACS', what: 'takes createCall' },
    { atMs: 1_000, who: 'people', what: 'wait' },
  ] as const;

  expect(timelineOf({ moments, findings: [] })).toEqual([
    '   0.000 s  people  wait',
    '  11.345 s  ACS     takes createCall',
  ]);
});

it('says of an expectation that was not met the actual value', () => {
  const met = { what: 'it rings', expected: 'true' };
  const unmet = { what: 'it connects', expected: "'connected'", actual: "'failed'" };

  expect(findingsOf({ moments: [], findings: [met, unmet] })).toEqual([
    '✓ it rings',
    '✗ it connects',
    "    expected 'connected'",
    "    actual   'failed'",
  ]);
  expect([[met], [met, unmet]].map((findings) => isAsExpected({ moments: [], findings }))).toEqual([true, false]);
});
