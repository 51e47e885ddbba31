/** What a process of a host holds at one moment, and what of it must not grow. Pure. */

export interface Reading {
  /** Live objects of JavaScript. */
  readonly heapBytes: number;
  /** Buffers outside the heap. */
  readonly externalBytes: number;
  readonly residentBytes: number;
  /** What keeps the process alive, by kind: sockets, servers, timers, requests. */
  readonly handles: Readonly<Record<string, number>>;
}

/** What a line of a reading starts with. */
export const readingMark = 'soak reading ';

/** The reading in a line of output; undefined for any other line. */
export function readingIn(line: string): Reading | undefined {
  const at = line.indexOf(readingMark);
  return at < 0 ? undefined : (JSON.parse(line.slice(at + readingMark.length)) as Reading);
}

export const heldBytes = ({ heapBytes, externalBytes }: Reading) => heapBytes + externalBytes;

/** The middle one of numbers; 0 of none. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/**
 * How much more is held at the end of a run than near its start, as a ratio: the last fifth against the second fifth, since the
 * first one fills caches.
 */
export function growth(readings: readonly Reading[]): number {
  const fifth = Math.max(1, Math.floor(readings.length / 5));
  const second = readings.slice(fifth, 2 * fifth).map(heldBytes);
  return median(readings.slice(-fifth).map(heldBytes)) / median(second.length > 0 ? second : readings.map(heldBytes));
}

/** The kinds of handles of which there are more than before, with how many more. */
export function handlesLeft(before: Reading, after: Reading): Record<string, number> {
  const more = Object.entries(after.handles).map(
    ([kind, count]) => [kind, count - (before.handles[kind] ?? 0)] as const,
  );
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
