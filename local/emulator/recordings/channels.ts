/** The channels of a recording: which participant is recorded on which. */

import { MAX_CHANNELS, type RecordingTerms } from './terms.ts';
import type { Timeline } from './timeline.ts';

/**
 * Channels by raw id. A mixed recording has one; an unmixed one gives each participant their own, first those who were
 * given one, then those of the ordering, then the others as they were first heard (ACS-D8).
 */
export function channelsOf({ channel, affinity, ordering }: RecordingTerms, { voices }: Timeline): Map<string, number> {
  if (channel === 'mixed') {
    return new Map([...voices.keys()].map((rawId) => [rawId, 0]));
  }
  const channels = new Map(affinity);
  const taken = new Set(affinity.values());
  const free = [...Array(MAX_CHANNELS).keys()].filter((index) => !taken.has(index));
  for (const rawId of [...ordering, ...voices.keys()]) {
    const next = channels.has(rawId) ? undefined : free.shift();
    if (next !== undefined) {
      channels.set(rawId, next);
    }
  }
  return channels;
}

/** How many channels a file of them has: up to the highest that is in use. */
export function channelCount(channels: ReadonlyMap<string, number>): number {
  return 1 + Math.max(0, ...channels.values());
}
