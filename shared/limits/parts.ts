/** The parts of the app that the limits need: what is in force, what is counted, and the timers of what waits. */
import type { Config } from '../config.ts';
import { type GraceTimers, openGraceTimers } from '../ledger/memory/grace-timers.ts';
import { openLimitStore } from '../storage/limits.ts';
import { openSlotStore } from '../storage/slots.ts';
import { type KnownLimits, openLimits } from './known-limits.ts';
import { openSlots, type Slots } from './open-slots.ts';

export interface LimitParts {
  readonly limits: KnownLimits;
  readonly slots: Slots;
  readonly queueTimers: GraceTimers;
}

export function openLimitParts(config: Pick<Config, 'limits' | 'storage' | 'tablePrefix'>): LimitParts {
  const now = () => new Date().toISOString();
  const limits = openLimits(config.limits, openLimitStore(config.storage, config.tablePrefix));
  const slots = openSlots(openSlotStore(config.storage, config.tablePrefix), limits, now);
  return { limits, slots, queueTimers: openGraceTimers() };
}
