/** Separates the requests to storage that a client or an event waits for from those that follow behind. */
import type { Passed } from './proxy.ts';

/** Whether a request reads or writes the index of calls. */
export const isOfIndex = ({ path, body }: Passed) => `${path}${body}`.includes('callIndex(');

/**
 * What follows the write of a call: the read of its row in the index, the write under the ETag of that row, and the rows of
 * operations that did not succeed.
 */
export const isBehind = (one: Passed) =>
  isOfIndex(one) && (one.method === 'GET' || /If-Match|PartitionKey=(?:'|%27)operations/i.test(one.body));

/** Whether a request reads what the app reads anew at intervals, whatever it does at that moment: its webhooks and its limits. */
export const isAtIntervals = ({ path }: Passed) => /(webhooks|limits)\(/.test(path);
