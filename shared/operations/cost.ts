/** What an operation costs in storage transactions, stated here and measured by a contract test. */
import type { Operation } from './operation.ts';

/** The read of its call (for a new call: its index row), the intent, the answer. */
const perOperation = 3;

/** A callback event: the read of its call, and one conditional transaction. */
export const transactionsPerEvent = 2;

/** Transactions between request and response. A second call that this instance has not met costs one more read. */
export function transactionsOf(operation: Operation): { readonly usual: number; readonly most: number } {
  return { usual: perOperation, most: perOperation + (operation.otherCall ? 1 : 0) };
}
