/** One line of what `npm run dev` prints: something that happened to a call, or that a part reports. */

import type { Who } from '../../demo/journal.ts';

/** `quiet` runs print those that are `bad` only. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface Line {
  /** ISO 8601; absent when the part gave no time. */
  readonly at?: string;
  /** As in `npm run demo`, or the name of a part whose output it is. */
  readonly who: Who | (string & {});
  readonly what: string;
  readonly tone: Tone;
}
