/** The request that starts an instance. */

import { randomUUID } from 'node:crypto';
import type { Instance, Parent } from './instance.ts';

/** What a new instance is to be; the input is JSON text. */
export interface StartRequest {
  readonly id: string;
  readonly name: string;
  readonly version?: string | undefined;
  readonly input: string;
  /** Of a sub-orchestration. */
  readonly parent?: Parent | undefined;
}

/** The instance that a request makes, replacing one that has ended if there is one. */
export function newInstance(request: StartRequest, before: Instance | undefined, now: Date): Instance {
  return {
    ...request,
    executionId: randomUUID(),
    generation: (before?.generation ?? 0) + 1,
    status: 'Running',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    output: 'null',
    customStatus: 'null',
    carried: [],
  };
}

/** Whether both are the same call of a sub-orchestration, asked for again after a crash. */
export function isSameCall(one: Parent | undefined, other: Parent | undefined): boolean {
  return one !== undefined && one.executionId === other?.executionId && one.taskId === other.taskId;
}
