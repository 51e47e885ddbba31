/** An instance as the management API returns it. */

import type { HistoryEvent } from '../history.ts';
import type { Instance } from '../instance.ts';
import { historyView, type ShownValues } from './history-view.ts';

/** Optional parts of an instance's status. */
export interface Shown extends ShownValues {
  readonly history?: readonly HistoryEvent[];
}

/** The library refuses a status without input or output, so both are there even when they are null (recorded). */
export function statusOf(instance: Instance, shown: Shown): object {
  return {
    name: instance.name,
    ...(instance.version && { version: instance.version }),
    instanceId: instance.id,
    ...(instance.parent && { parentInstanceId: instance.parent.instanceId }),
    runtimeStatus: instance.status,
    input: shown.input ? parsed(instance.input) : null,
    customStatus: parsed(instance.customStatus),
    output: parsed(instance.output),
    createdTime: inSeconds(instance.createdAt),
    lastUpdatedTime: inSeconds(instance.updatedAt),
    ...(shown.history && { historyEvents: historyView(instance, shown.history, shown) }),
  };
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}

/** ISO 8601 without the fraction of a second. */
function inSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
