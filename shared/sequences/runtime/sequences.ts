/** What the runtime of sequences needs besides the ledger: their rows, their plans, Durable Functions. */
import type { SequenceStore } from '../../storage/sequences.ts';
import type { Plan } from '../interpreter/state.ts';

/** The orchestration of a sequence runs or will run, was terminated through Durable's own API, or is gone. */
export type OrchestrationState = 'live' | 'terminated' | 'gone';

/** Starts and wakes orchestrations; an orchestration has the id of its sequence. */
export interface SequenceClient {
  /** Starts the orchestration, unless it is live. */
  start(plan: Pick<Plan, 'sequenceId' | 'orchestrator'>): Promise<void>;
  orchestrationState(sequenceId: string): Promise<OrchestrationState>;
  /** Removes the history of an orchestration that has ended; does nothing when there is none. */
  purge(sequenceId: string): Promise<void>;
  /** Notifies the orchestration of a change. One that has not started reads the change when it does. */
  wake(sequenceId: string): Promise<void>;
}

export interface Sequences extends Pick<SequenceClient, 'start' | 'orchestrationState' | 'purge'> {
  readonly store: SequenceStore;
  readonly plans: PlanCache;
  /** The longest that a waiting sequence goes without reading the ledger, in case a wake is lost. */
  readonly recheckSeconds: number;
}

/** The plans used last; a plan never changes. */
export interface PlanCache {
  get(sequenceId: string): Plan | undefined;
  add(plan: Plan): void;
}

const maxCached = 2000;

export function openPlanCache(): PlanCache {
  const plans = new Map<string, Plan>();
  return {
    get: (sequenceId) => plans.get(sequenceId),
    add(plan) {
      plans.set(plan.sequenceId, plan);
      const [oldest] = plans.keys();
      if (plans.size > maxCached && oldest !== undefined) {
        plans.delete(oldest);
      }
    },
  };
}

/** The plan of a sequence; undefined when there is no such sequence. */
export async function planOf({ store, plans }: Sequences, sequenceId: string): Promise<Plan | undefined> {
  const plan = plans.get(sequenceId) ?? (await store.readPlan(sequenceId))?.plan;
  if (plan) {
    plans.add(plan);
  }
  return plan;
}
