/** What happened in a story: moments as they were seen, and what was expected of them. Pure. */
import { momentLine } from '../../shared/calls/timeline-text.ts';

/** `you` is the back end that asks the API, `people` are those who call and are called. */
export type Who = 'you' | 'app' | 'ACS' | 'people';

export interface Moment {
  readonly atMs: number;
  readonly who: Who;
  readonly what: string;
}

/** One expectation; `actual` is given when it was not met. */
export interface Finding {
  readonly what: string;
  readonly expected?: string;
  readonly actual?: string;
}

export interface Journal {
  readonly moments: readonly Moment[];
  readonly findings: readonly Finding[];
}

/** Whether everything was as expected. */
export function isAsExpected({ findings }: Journal): boolean {
  return findings.every(({ actual }) => actual === undefined);
}

/** The moments in the order of time, one aligned line each: seconds since the first one, who, what. */
export function timelineOf({ moments }: Journal): string[] {
  const inOrder = moments.toSorted((one, other) => one.atMs - other.atMs);
  const startMs = inOrder[0]?.atMs ?? 0;
  return inOrder.map(({ atMs, who, what }) => momentLine(atMs - startMs, who, what));
}

/** A line per expectation; below one that was not met, the expected and the actual value instead. */
export function findingsOf({ findings }: Journal): string[] {
  return findings.flatMap(({ what, expected, actual }) =>
    actual === undefined ? [`✓ ${what}`] : [`✗ ${what}`, `    expected ${expected}`, `    actual   ${actual}`],
  );
}
