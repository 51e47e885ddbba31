/** The filter in a query for instances. */

import type { InstanceFilter } from '../store/listing.ts';
import type { Query } from './query.ts';

/** The names in Azure's extension, each at the index of its number there: a query may give either. */
const statusNames = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
] as const;

/** Anything that cannot be read is no condition. */
export function filterIn(query: Query): InstanceFilter {
  const idPrefix = query.text('instanceIdPrefix');
  return {
    createdFrom: query.time('createdTimeFrom'),
    createdTo: query.time('createdTimeTo'),
    statuses: query.list('runtimeStatus').flatMap((text) => statusOf(text.trim())),
    ...(idPrefix !== undefined && { idPrefix }),
  };
}

function statusOf(text: string): string[] {
  const name = statusNames.find((one) => one === text) ?? (/^\d+$/.test(text) ? statusNames[Number(text)] : undefined);
  return name === undefined ? [] : [name];
}
