/**
 * The timeline of a recording: when each voice is audible. From these few numbers hours of sound are computed on
 * download.
 */

/** A part of time that is over, in milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The same, without an end while it lasts. */
export interface Stretch {
  readonly fromMs: number;
  untilMs: number | undefined;
}

export interface Timeline {
  readonly startedAtMs: number;
  /** Undefined while the recording runs. */
  endedAtMs: number | undefined;
  readonly pauses: Stretch[];
  /**
   * When participants, and the application that plays prompts, can be heard, by raw id, in the order in which they were
   * first heard.
   */
  readonly voices: Map<string, Stretch[]>;
}

/** Starts to record; no one is audible yet. */
export function startTimeline(nowMs: number): Timeline {
  return { startedAtMs: nowMs, endedAtMs: undefined, pauses: [], voices: new Map() };
}

/** Whether the recording is paused now. */
export function isPaused({ pauses }: Timeline): boolean {
  return isOpen(pauses);
}

/** Records silence from now on. */
export function pause({ pauses }: Timeline, nowMs: number): void {
  open(pauses, nowMs);
}

/** Records voices again. */
export function resume({ pauses }: Timeline, nowMs: number): void {
  close(pauses, nowMs);
}

/** From now on exactly these participants are audible. */
export function hear({ voices }: Timeline, nowMs: number, audible: ReadonlySet<string>): void {
  for (const [rawId, stretches] of voices) {
    if (!audible.has(rawId)) {
      close(stretches, nowMs);
    }
  }
  for (const rawId of audible) {
    const stretches = voices.get(rawId) ?? [];
    voices.set(rawId, stretches);
    open(stretches, nowMs);
  }
}

/** Ends the recording. */
export function endTimeline(timeline: Timeline, nowMs: number): void {
  hear(timeline, nowMs, new Set());
  resume(timeline, nowMs);
  timeline.endedAtMs = nowMs;
}

function isOpen(stretches: readonly Stretch[]): boolean {
  const last = stretches.at(-1);
  return last !== undefined && last.untilMs === undefined;
}

function open(stretches: Stretch[], nowMs: number): void {
  if (!isOpen(stretches)) {
    stretches.push({ fromMs: nowMs, untilMs: undefined });
  }
}

function close(stretches: Stretch[], nowMs: number): void {
  const last = stretches.at(-1);
  if (last !== undefined) {
    last.untilMs ??= nowMs;
  }
}

/** The part of each stretch that lies between two times; what lasts still goes up to the second. */
export function within(stretches: readonly Stretch[], fromMs: number, untilMs: number): Span[] {
  return stretches
    .map((stretch) => ({
      fromMs: Math.max(stretch.fromMs, fromMs),
      untilMs: Math.min(stretch.untilMs ?? untilMs, untilMs),
    }))
    .filter((span) => span.fromMs < span.untilMs);
}

/** How long spans are together. */
export function lengthMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
}
