/** The interface that every kind of output binding implements. */

import type { AppFunction } from './app/function.ts';
import type { Binding, TypedData } from './app/rpc.ts';
import type { HostConfig } from './settings/host-json.ts';

export type WriteOutput = (data: TypedData) => Promise<void>;

export interface OutputKind {
  /** The binding's type, e.g. `queue`. */
  readonly type: string;
  /** Checks the binding's options and connects; throws a HostError for what it cannot serve. */
  open(fn: AppFunction, binding: Binding, config: HostConfig): Promise<WriteOutput>;
}
