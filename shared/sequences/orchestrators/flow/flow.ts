/** The state of a running orchestrator, and the errors by which it ends before its code does. */
import type { OrchestrationContext, Task } from 'durable-functions';
import type { EventKind } from '../../../calls/event.ts';

type Durable = OrchestrationContext['df'];

/** The argument of the building blocks: one per orchestration, created again by every replay. */
export interface Flow {
  readonly sequenceId: string;
  /** For activities of your own; all inputs and results stay in Durable's history. */
  readonly df: Durable;
  /** The events that its steps may wait for. */
  readonly events: readonly EventKind[];
  /** The ids of the steps so far. */
  readonly usedIds: Set<string>;
  /** How many nested cleanups are running. */
  cleanups: number;
  /** The waits for a wake that are still open after their timer fired. */
  waits: readonly Task[];
}

/** A part of an orchestrator, to be called with `yield*`. */
export type Part<T> = Generator<Task, T, unknown>;

/** The flow of an orchestration at its start. */
export function openFlow(df: Durable, sequenceId: string, events: readonly EventKind[]): Flow {
  return { sequenceId, df, events, usedIds: new Set(), cleanups: 0, waits: [] };
}

/** The sequence was canceled or ran too long: its steps are undone, and only cleanups run. */
export class SequenceStopped extends Error {
  override readonly name = 'SequenceStopped';
}

/** Ends the sequence as failed. Code and message are public, and must not contain phone numbers. */
export class SequenceFailed extends Error {
  override readonly name = 'SequenceFailed';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
