/** An orchestration instance: what is known of it besides its history. */

import type { RaisedEvent } from './history.ts';

/** The statuses of what has ended. */
export const endStatuses = ['Completed', 'Failed', 'Terminated'] as const;

export type RuntimeStatus = 'Running' | 'Suspended' | (typeof endStatuses)[number];

/** Who waits for a sub-orchestration. */
export interface Parent {
  readonly instanceId: string;
  readonly executionId: string;
  /** The number of the sub-orchestration in the parent's history. */
  readonly taskId: number;
}

/** Input, output and custom status are JSON text, `null` for none. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly version?: string | undefined;
  /** New with every start, restart and continuation. */
  readonly executionId: string;
  /** Counts the executions under this id. */
  readonly generation: number;
  readonly status: RuntimeStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly input: string;
  readonly output: string;
  readonly customStatus: string;
  readonly parent?: Parent | undefined;
  /** Messages that the previous execution left to this one. */
  readonly carried: readonly RaisedEvent[];
}

export function hasEnded({ status }: Pick<Instance, 'status'>): boolean {
  return endStatuses.some((one) => one === status);
}
