/** The slots of the counted limits, as this instance changes them: what is requested at once is one write of their row. */

import type { SlotStore } from '../storage/slots.ts';
import { inStorageTime, withoutClient } from '../storage-time.ts';
import type { KnownLimits } from './known-limits.ts';
import { type Candidate, type CountedLimit, changeSlots, type SlotChange, type SlotState } from './slots.ts';

/** What one request gets of a change. The first of those that are written together gets what the others have made due. */
export interface Applied extends Pick<SlotChange, 'admitted' | 'expired'> {
  /** The limit that keeps the candidate out, if one does. */
  readonly reached: CountedLimit | undefined;
  /** How many operations wait. */
  readonly waiting: number;
}

/** One operation that asks for its slots, one that gives them back, or neither: then those that wait get what is free. */
export interface SlotRequest {
  readonly entering?: Candidate;
  readonly leaving?: readonly string[];
}

export interface Slots {
  apply(request: SlotRequest): Promise<Applied>;
  /** The slots as they are stored. */
  read(): Promise<SlotState>;
  /** The hash under which a caller id is counted. */
  callerKey(callerId: string): Promise<string>;
}

interface Pending {
  readonly request: SlotRequest;
  readonly result: PromiseWithResolvers<Applied>;
}

/** The longest pause before a write is tried again that another instance was faster with. */
const longestPauseMs = 50;

/** Opens the slots. A change is a read and a write of their row, and no write where nothing changes. */
export function openSlots(store: SlotStore, limits: Pick<KnownLimits, 'current'>, now: () => string): Slots {
  let pending: Pending[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      await write(batch).catch((error) => {
        for (const { result } of batch) {
          result.reject(error);
        }
      });
    }
    isRunning = false;
  }

  async function write(batch: readonly Pending[]): Promise<void> {
    const entering = batch.flatMap(({ request }) => request.entering ?? []);
    const leaving = batch.flatMap(({ request }) => request.leaving ?? []);
    for (;;) {
      const { state, etag } = await store.read();
      const change = changeSlots(state, { entering, leaving }, await limits.current(), now());
      if (change.state === state || (await store.write(change.state, etag))) {
        resolve(batch, change);
        return;
      }
      await new Promise((next) => setTimeout(next, Math.random() * longestPauseMs));
    }
  }

  return {
    apply(request) {
      const result = Promise.withResolvers<Applied>();
      pending.push({ request, result });
      if (!isRunning) {
        isRunning = true;
        void withoutClient(run);
      }
      return inStorageTime(Number.POSITIVE_INFINITY, () => result.promise);
    },
    read: async () => (await store.read()).state,
    callerKey: store.callerKey,
  };
}

function resolve(batch: readonly Pending[], { state, reached, ...due }: SlotChange): void {
  const limitsOfEntering = reached.values();
  for (const [index, { request, result }] of batch.entries()) {
    const limit = request.entering && limitsOfEntering.next().value;
    const made = index === 0 ? due : { admitted: [], expired: [] };
    result.resolve({ ...made, reached: limit, waiting: state.waiting.length });
  }
}
