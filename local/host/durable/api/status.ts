/** An instance as the management API shows it. */

import type { HistoryEvent } from '../history.ts';
import type { Instance } from '../instance.ts';
import { historyView } from './history-view.ts';

export interface ShownHistory {
  readonly history: readonly HistoryEvent[];
  readonly showOutput: boolean;
}

/** All members are there: the library refuses a status without input or output (recorded). */
export function statusOf(instance: Instance, showInput: boolean, shown?: ShownHistory): object {
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: instance.status,
    input: showInput ? parsed(instance.input) : null,
    customStatus: parsed(instance.customStatus),
    output: parsed(instance.output),
    createdTime: instance.createdAt,
    lastUpdatedTime: instance.updatedAt,
    historyEvents: shown === undefined ? null : historyView(shown.history, shown.showOutput),
  };
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}
