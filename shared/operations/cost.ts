/** What an operation costs in storage transactions, stated here and measured by a contract test. */
import { hasLaterFailure } from '../calls/operation-life/settlement.ts';
import type { Operation } from './operation.ts';

/** The read of its call (for a new call: its index row), the intent, the response. */
const perOperation = 3;

/** A callback event: the read of its call, and one conditional write. The first event of a recording also indexes it. */
export const transactionsPerEvent = 2;

/**
 * Written behind the path of a call when something changes by which it is searched (its ids at ACS, its status, someone new
 * in it): the read of its row in the index, and one transaction for all rows that are new or no longer true.
 */
export const transactionsPerIndexing = 2;

/**
 * A request that a counted limit concerns, and the end of a call that holds a slot: the read of the slots, and one conditional
 * write. None where no limit is counted.
 */
export const transactionsPerSlotChange = 2;

/** The end of a grace period: the read of its call, and one transaction for all presumed outcomes of the call. */
export const transactionsPerGracePeriod = 2;

/**
 * Whether the operation's usual outcome may be presumed first: a failure event may follow the evidence for it, or the list
 * of participants shows the connection before CallConnected arrives.
 */
export function hasGracePeriod({ settles }: Operation): boolean {
  return hasLaterFailure(settles) || (settles.by === 'event' && settles.connects === true);
}

/**
 * Transactions between request and response. A recording also has an index row, by which the event of its files finds it; a
 * redirect is counted, the first of its call with one row.
 * A second call or the call of a recording costs one more read when it is not in this instance's cache.
 */
export function transactionsOf({ recordingStep, redirects, otherCall, target }: Operation): Cost {
  const usual = perOperation + (recordingStep === 'start' || redirects ? 1 : 0);
  return { usual, most: usual + (otherCall || target === 'recording' ? 1 : 0) };
}

interface Cost {
  readonly usual: number;
  readonly most: number;
}
