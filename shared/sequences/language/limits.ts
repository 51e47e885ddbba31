/** The bounds of sequences, and the durations in them. */

export const limits = {
  /** Steps of a definition, those within others included. */
  steps: 100,
  /** Rounds of a `repeat`. */
  repeats: 100,
  /** Steps that a definition can run when every repetition runs to its end: what is known of them is one table row. */
  unrolledSteps: 1000,
  /** Of a definition with its input, as JSON. */
  bytes: 64 * 1024,
  /** A sequence that runs longer is stopped. */
  hours: 24,
} as const;

export const longestMs = limits.hours * 3_600_000;

const iso = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** The milliseconds of an ISO 8601 duration of days, hours, minutes and seconds; NaN when it is none. */
export function millisecondsOf(duration: string): number {
  const parts = iso.exec(duration);
  if (!parts) {
    return Number.NaN;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

/** Whether a text is a duration that a step may take. */
export function inBounds(duration: string): boolean {
  const milliseconds = millisecondsOf(duration);
  return milliseconds >= 0 && milliseconds <= longestMs;
}
