/**
 * The sound of a recording (chosen here): a tone for each audible participant, one for prompts, and silence while it
 * was paused.
 */

import { channelCount } from './channels.ts';
import { type Span, type Timeline, within } from './timeline.ts';

/** Documented for every format. */
export const SAMPLE_RATE = 16_000;
const FRAMES_PER_MS = SAMPLE_RATE / 1000;

/** Tones are multiples of 100 Hz, so every sum of them repeats after 10 ms: one period is all that must be computed. */
const STEP_HZ = 100;
const PERIOD_FRAMES = SAMPLE_RATE / STEP_HZ;
const LOWEST_HZ = 400;
const TONES = 16;
const AMPLITUDE = 3000;

/** Sound that can be computed from any frame on; a frame is one sample of each channel. */
export interface Sound {
  readonly channels: number;
  readonly frames: number;
  /** The parts that are not silent. */
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly fromFrame: number;
  readonly untilFrame: number;
  /** One period, channels interleaved. */
  readonly pattern: Int16Array;
}

/** The tone of the participant who was heard as the `index`-th. */
export function toneHz(index: number): number {
  return LOWEST_HZ + (index % TONES) * STEP_HZ;
}

/** The sound of a span of the timeline. A participant without a channel is not in it. */
export function soundOf(timeline: Timeline, span: Span, channelOf: ReadonlyMap<string, number>): Sound {
  const channels = channelCount(channelOf);
  const pauses = within(timeline.pauses, span.fromMs, span.untilMs);
  const voices = [...timeline.voices].map(([rawId, stretches], index) => ({
    hz: toneHz(index),
    channel: channelOf.get(rawId),
    spans: within(stretches, span.fromMs, span.untilMs),
  }));
  const frameAt = (ms: number): number => Math.round((ms - span.fromMs) * FRAMES_PER_MS);
  const segments = pieces(span, [pauses, ...voices.map(({ spans }) => spans)].flat())
    .filter((piece) => !covers(pauses, piece))
    .map((piece) => ({
      fromFrame: frameAt(piece.fromMs),
      untilFrame: frameAt(piece.untilMs),
      pattern: patternOf(
        voices.filter(({ spans }) => covers(spans, piece)),
        channels,
      ),
    }));
  return { channels, frames: frameAt(span.untilMs), segments };
}

/** Up to `count` frames from one on, channels interleaved; fewer at the end. */
export function samples({ channels, frames, segments }: Sound, fromFrame: number, count: number): Int16Array {
  const untilFrame = Math.min(fromFrame + count, frames);
  const result = new Int16Array(Math.max(0, untilFrame - fromFrame) * channels);
  for (const segment of segments) {
    const end = Math.min(segment.untilFrame, untilFrame);
    for (let frame = Math.max(segment.fromFrame, fromFrame); frame < end; ) {
      const phase = frame % PERIOD_FRAMES;
      const run = Math.min(PERIOD_FRAMES - phase, end - frame);
      result.set(segment.pattern.subarray(phase * channels, (phase + run) * channels), (frame - fromFrame) * channels);
      frame += run;
    }
  }
  return result;
}

/** The span, cut at the start and the end of each of the others. */
function pieces({ fromMs, untilMs }: Span, others: readonly Span[]): Span[] {
  const edges = new Set([fromMs, untilMs, ...others.flatMap((other) => [other.fromMs, other.untilMs])]);
  const times = [...edges].sort((a, b) => a - b);
  return times.slice(1).map((time, index) => ({ fromMs: times[index] ?? fromMs, untilMs: time }));
}

function covers(spans: readonly Span[], piece: Span): boolean {
  return spans.some(({ fromMs, untilMs }) => fromMs <= piece.fromMs && piece.untilMs <= untilMs);
}

interface Voice {
  readonly hz: number;
  readonly channel: number | undefined;
}

function patternOf(voices: readonly Voice[], channels: number): Int16Array {
  const pattern = new Int16Array(PERIOD_FRAMES * channels);
  for (let frame = 0; frame < PERIOD_FRAMES; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const tones = voices.filter((voice) => voice.channel === channel);
      const level = tones.reduce((sum, { hz }) => sum + Math.sin((2 * Math.PI * hz * frame) / SAMPLE_RATE), 0);
      pattern[frame * channels + channel] = Math.max(-32_768, Math.min(32_767, Math.round(AMPLITUDE * level)));
    }
  }
  return pattern;
}
