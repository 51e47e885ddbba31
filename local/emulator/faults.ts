/** Injected faults: what goes wrong, where and how often. */

import * as z from 'zod';
import { BoundedMap } from './bounded-map.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

const on = z.literal(true);
const milliseconds = z
  .int()
  .min(0)
  .max(24 * 3600 * 1000);
const resultInformation = z.strictObject({ code: z.int(), subCode: z.int(), message: z.string() });

/** What a fault can do, by the kind of thing it does it to. */
const OPERATION_ACTIONS = {
  status: z.int().min(400).max(599),
  dropResponse: on,
  latencyMs: milliseconds,
  fail: resultInformation,
  emptyRecording: on,
  htmlRecording: on,
};
const EVENT_ACTIONS = {
  dropEvent: on,
  duplicateEvent: on,
  delayEventMs: milliseconds,
  reorderEvents: on,
  badSignature: on,
  wrongAudience: on,
  /** Status of an Event Grid delivery instead of the subscriber's; the subscriber gets no request. */
  deliveryStatus: z.int().min(400).max(599),
};
const EITHER_ACTIONS = { eventBeforeResponse: on };

const actions = { ...OPERATION_ACTIONS, ...EVENT_ACTIONS, ...EITHER_ACTIONS };
type Actions = { -readonly [Name in keyof typeof actions]: z.output<(typeof actions)[Name]> };
export type ActionName = keyof typeof actions;

/** What accompanies `status`: ACS's `error.code`, and the seconds of Retry-After. */
const WITH_STATUS = { code: z.string().min(1).max(100).optional(), retryAfter: z.int().min(0).optional() };

/** What a fault does: exactly one action. */
const action = z
  .strictObject({ ...z.object(actions).partial().shape, ...WITH_STATUS })
  .superRefine((written, context) => {
    const named = namesOf(written);
    if (named.length !== 1) {
      context.addIssue(`needs exactly one of ${Object.keys(actions).join(', ')}`);
    }
    for (const name of Object.keys(WITH_STATUS)) {
      if (Object.hasOwn(written, name) && written.status === undefined) {
        context.addIssue(`${name} goes with status`);
      }
    }
  });

export const faultSettings = z.strictObject({
  match: z.string(),
  do: action,
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  /** How long it lasts from now, on the emulator's clock. */
  forMs: milliseconds.optional(),
});

export type FaultSettings = z.output<typeof faultSettings>;
export type Fault = FaultSettings & { readonly id: string; readonly until?: number; used: number };

function namesOf(written: Record<string, unknown>): ActionName[] {
  return (Object.keys(actions) as ActionName[]).filter((name) => written[name] !== undefined);
}

/** Whether a fault of this action can match operations, events, or both. */
export function matchable(settings: FaultSettings): { operations: boolean; events: boolean } {
  const [name] = namesOf(settings.do);
  const isEither = name !== undefined && name in EITHER_ACTIONS;
  return {
    operations: isEither || (name !== undefined && name in OPERATION_ACTIONS),
    events: isEither || (name !== undefined && name in EVENT_ACTIONS),
  };
}

/** How many faults are kept (chosen here): a new one replaces the oldest. */
const KEEP_FAULTS = 1000;

export class Faults {
  readonly #random: Random;
  readonly #clock: Clock;
  readonly #faults = new BoundedMap<string, Fault>(KEEP_FAULTS);

  constructor(random: Random, clock: Clock) {
    this.#random = random;
    this.#clock = clock;
  }

  add(settings: FaultSettings): Fault {
    const until = settings.forMs === undefined ? {} : { until: this.#clock.now() + settings.forMs };
    const fault = { ...settings, ...until, id: this.#random.guid(), used: 0 };
    this.#faults.set(fault.id, fault);
    return fault;
  }

  get(id: string): Fault | undefined {
    return this.#faults.get(id);
  }

  delete(id: string): boolean {
    return this.#faults.delete(id);
  }

  all(): Fault[] {
    return [...this.#faults.values()];
  }

  clear(): void {
    this.#faults.clear();
  }

  /** Uses the first fault of the action that matches one of the names and whose probability applies: its value, if any. */
  take<Name extends ActionName>(name: Name, matches: readonly string[]): Actions[Name] | undefined {
    return this.takeFault(name, matches)?.do[name] as Actions[Name] | undefined;
  }

  /** The same, answering the whole fault. */
  takeFault(name: ActionName, matches: readonly string[]): Fault | undefined {
    for (const fault of this.#faults.values()) {
      if (fault.do[name] === undefined || !matches.includes(fault.match)) {
        continue;
      }
      if (fault.until !== undefined && this.#clock.now() >= fault.until) {
        continue;
      }
      if (fault.times !== undefined && fault.used >= fault.times) {
        continue;
      }
      if (fault.probability !== undefined && !this.#random.chance(fault.probability)) {
        continue;
      }
      fault.used += 1;
      return fault;
    }
    return undefined;
  }
}
