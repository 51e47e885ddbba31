/**
 * The deadline for the start event of an operation without a response. When none arrives by then, ACS did not perform it,
 * and its caller need not wait until its end would be due. Pure.
 */
import type { CallRecord } from '../call.ts';
import type { RawEvent } from '../event.ts';
import type { Settlement } from './settlement.ts';

/**
 * When the start event is due of an operation whose response was lost at `now`; undefined when it has none, when it is among
 * the `buffered` events already, or when the operation may be queued behind other media operations of the call.
 */
export function startDeadline(
  { open }: CallRecord,
  settlement: Settlement,
  buffered: readonly RawEvent[],
  now: string,
): string | undefined {
  const start = settlement.by === 'event' ? settlement.start : undefined;
  const isQueued = Object.values(open).some(({ media, life }) => media !== undefined && life.state !== 'presumed');
  if (!start || isQueued || buffered.some(({ type }) => type.endsWith(`.${start.kind}`))) {
    return undefined;
  }
  return new Date(Date.parse(now) + start.withinSeconds * 1000).toISOString();
}
