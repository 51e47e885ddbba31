/** What running sequences needs besides the ledger. Made once, in app.ts. */
import type { SequenceStore } from '../../storage/sequences.ts';
import type { Plan } from '../interpreter/state.ts';
import type { SequenceClient } from './client.ts';

export interface Sequences {
  readonly store: SequenceStore;
  /** Plans never change: those that run here need not be read again. */
  readonly plans: PlanCache;
  /** Starts the orchestration of a sequence, unless it runs. */
  readonly start: SequenceClient['start'];
  /** Whether its orchestration goes on. */
  readonly orchestrationState: SequenceClient['orchestrationState'];
  /** Removes its orchestration. */
  readonly purge: SequenceClient['purge'];
  /** A sequence that waits looks at the ledger after this long, whatever it was told. */
  readonly recheckSeconds: number;
}

/** The plans that were used last. */
export interface PlanCache {
  get(sequenceId: string): Plan | undefined;
  add(plan: Plan): void;
}

const maxRemembered = 2000;

export function openPlanCache(): PlanCache {
  const plans = new Map<string, Plan>();
  return {
    get: (sequenceId) => plans.get(sequenceId),
    add(plan) {
      plans.set(plan.sequenceId, plan);
      const [oldest] = plans.keys();
      if (plans.size > maxRemembered && oldest !== undefined) {
        plans.delete(oldest);
      }
    },
  };
}

/** The plan of a sequence; undefined when there is no such sequence. */
export async function planOf({ store, plans }: Sequences, sequenceId: string): Promise<Plan | undefined> {
  const known = plans.get(sequenceId) ?? (await store.readPlan(sequenceId))?.plan;
  if (known) {
    plans.add(known);
  }
  return known;
}
