/** An instance as the management API shows it. */

import type { Told } from './orchestrations.ts';

/** All members are there: the library refuses a status without input or output (recorded). */
export function statusOf({ instance, history }: Told, query: URLSearchParams): object {
  const isAsked = (name: string, otherwise: boolean) => (query.get(name) ?? String(otherwise)).toLowerCase() === 'true';
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: instance.status,
    input: isAsked('showInput', true) ? parsed(instance.input) : null,
    customStatus: parsed(instance.customStatus),
    output: parsed(instance.output),
    createdTime: instance.createdAt,
    lastUpdatedTime: instance.updatedAt,
    historyEvents: isAsked('showHistory', false) ? history : null,
  };
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}
