/** The triggers this host serves. A function that uses anything else is refused by name, at load. */

import type { AppFunction } from '../app/function.ts';
import { settlesWithin } from '../clock.ts';
import { HostError } from '../errors.ts';
import { activityTrigger, orchestrationTrigger } from './durable.ts';
import { eventGridTrigger } from './event-grid.ts';
import { httpTrigger } from './http.ts';
import { queueTrigger } from './queue.ts';
import { timerTrigger } from './timer.ts';
import type { ServedFunction, TriggerHost, TriggerKind } from './trigger.ts';

/** To serve another kind, add its literal here. */
const kinds: readonly TriggerKind[] = [
  httpTrigger,
  eventGridTrigger,
  queueTrigger,
  timerTrigger,
  orchestrationTrigger,
  activityTrigger,
];

/** The extensions whose webhooks this host has. */
export const webhookExtensions: readonly string[] = [...new Set(kinds.flatMap(({ webhook }) => webhook ?? []))];

/** Starts every function; when one cannot be served, stops the others and throws. */
export async function startTriggers(functions: readonly AppFunction[], host: TriggerHost): Promise<ServedFunction[]> {
  const wanted = functions.map((fn) => ({ fn, kind: triggerKind(fn) }));
  const served: ServedFunction[] = [];
  try {
    for (const { fn, kind } of wanted) {
      served.push({ fn, ...(await kind.start(fn, host)) });
    }
    return served;
  } catch (error) {
    await stopTriggers(served, 0);
    throw error;
  }
}

/** Stops every trigger and waits, at most `withinMs`, until what they began has finished. */
export async function stopTriggers(served: readonly ServedFunction[], withinMs: number): Promise<void> {
  await settlesWithin(withinMs, Promise.all(served.map(({ stop }) => stop?.())));
}

/** The kind of a function's trigger; throws when this host, or Azure, does not serve what the function asks for. */
function triggerKind(fn: AppFunction): TriggerKind {
  const kind = kinds.find(({ type }) => type.toLowerCase() === fn.trigger.type.toLowerCase());
  if (kind === undefined) {
    const served = kinds.map(({ type }) => type).join(', ');
    throw new HostError(`Function "${fn.name}" uses a ${fn.trigger.type}: this host serves ${served}.`);
  }
  if (fn.retryOptions !== undefined && !kind.honoursRetry) {
    throw new HostError(`Function "${fn.name}" has a retry policy, which Azure does not honour for a ${kind.type}.`);
  }
  return kind;
}
