/** Sequences over real storage, without Durable Functions: for moments that no request can choose. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { newState, type Plan } from '../../../shared/sequences/interpreter/state.ts';
import { openPlanCache, type Sequences } from '../../../shared/sequences/runtime/sequences.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';

const longAgo = '2026-01-01T00:00:00.000Z';

/** The runtime with tables of its own, and the ids of the sequences whose orchestration was started. */
export function someSequences(over: Partial<Sequences> = {}): { sequences: Sequences; started: string[] } {
  const started: string[] = [];
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const sequences: Sequences = {
    store: openSequences({ connectionString: inject('storage') }, prefix),
    plans: openPlanCache(),
    start: async ({ sequenceId }) => void started.push(sequenceId),
    orchestrationState: async () => 'gone',
    purge: async () => {},
    recheckSeconds: 30,
    ...over,
  };
  return { sequences, started };
}

/** A plan of one long wait. */
export function aPlan(createdAt = longAgo): Plan {
  return { sequenceId: randomUUID(), createdAt, input: {}, definition: { steps: [{ id: 'wait', wait: 'PT1H' }] } };
}

/** Stores a sequence, and starts nothing. */
export async function written({ store }: Sequences, plan: Plan, state = newState(undefined)): Promise<void> {
  await store.list(plan);
  await store.create({ plan, fingerprint: 'f' }, state);
}
