/** The chunks in which a recording is stored. */

import type { Span } from './timeline.ts';

export interface Chunk extends Span {
  readonly index: number;
  /** Both are documented; here a chunk ends by its duration only, as at the service beside other limits. */
  readonly endReason: 'SessionEnded' | 'ChunkMaximumSizeExceeded';
}

/** Cuts a span into chunks, none longer than `chunkMs`. */
export function cut({ fromMs, untilMs }: Span, chunkMs: number): Chunk[] {
  const count = Math.ceil((untilMs - fromMs) / chunkMs);
  return Array.from({ length: count }, (_, index) => ({
    index,
    fromMs: fromMs + index * chunkMs,
    untilMs: Math.min(fromMs + (index + 1) * chunkMs, untilMs),
    endReason: index === count - 1 ? 'SessionEnded' : 'ChunkMaximumSizeExceeded',
  }));
}
