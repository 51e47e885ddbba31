/** An orchestrator under way, and the two ways in which it can be cut short. */
import type { OrchestrationContext, Task } from 'durable-functions';
import type { EventKind } from '../../../calls/event.ts';

type Durable = OrchestrationContext['df'];

/** What the building blocks work on; one to each orchestration, made anew by every replay. */
export interface Flow {
  readonly sequenceId: string;
  /** For activities of one's own; whatever passes through it stays in Durable's history. */
  readonly df: Durable;
  /** The events that its steps may wait for. */
  readonly events: readonly EventKind[];
  /** The steps that were taken. */
  readonly taken: Set<string>;
  /** The cleanups that are under way, one within the other. */
  cleanups: number;
  /** Waits for a wake that were left when their time was over. */
  waits: readonly Task[];
}

/** A part of an orchestrator: `yield*` it. */
export type Part<T> = Generator<Task, T, unknown>;

/** Opens the flow of an orchestration. */
export function openFlow(df: Durable, sequenceId: string, events: readonly EventKind[]): Flow {
  return { sequenceId, df, events, taken: new Set(), cleanups: 0, waits: [] };
}

/** The sequence was canceled or ran too long: what it did is taken back, and only cleanups go on. */
export class SequenceStopped extends Error {
  override readonly name = 'SequenceStopped';
}

/** An orchestrator's own reason to end its sequence as failed. Code and message are shown; no numbers belong in them. */
export class SequenceFailed extends Error {
  override readonly name = 'SequenceFailed';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
