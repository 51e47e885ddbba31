/** Durable triggers: orchestrator and activity functions, run by the task hub. */

import { extension } from '../durable/api/urls.ts';
import type { DurableKind } from '../durable/functions.ts';
import type { TriggerKind } from './trigger.ts';

export const orchestrationTrigger = durableTrigger('orchestrationTrigger', 'orchestrator');
export const activityTrigger = durableTrigger('activityTrigger', 'activity');

function durableTrigger(type: string, kind: DurableKind): TriggerKind {
  return {
    type,
    webhook: extension,
    honoursRetry: false,
    start(fn, { hub }) {
      hub?.functions.add(kind, fn);
      return {};
    },
  };
}
