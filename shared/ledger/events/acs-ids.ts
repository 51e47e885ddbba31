/** Indexes a call by the ids that ACS has of it, by which the events of Event Grid find it. */
import type { CallRecord } from '../../calls/call.ts';
import type { CallWriter } from '../ledger.ts';

/**
 * Indexes a call whose correlation id a change brings, before the change is written: a row without a call is harmless. Its
 * server call id may follow by an event, which writes no row: Event Grid's events have both.
 */
export async function indexAcsIds(
  { index }: Pick<CallWriter, 'index'>,
  before: CallRecord,
  after: CallRecord,
): Promise<void> {
  if (before.correlationId === undefined && after.correlationId !== undefined) {
    await index.addAcsIds(after);
  }
}
