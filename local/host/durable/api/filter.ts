/** The filter in a query for instances. */

import { RequestError } from '../../http/request-error.ts';
import type { InstanceFilter } from '../store/listing.ts';

export function filterIn(query: URLSearchParams): InstanceFilter {
  const statuses = query.getAll('runtimeStatus').flatMap((text) => text.split(','));
  const prefix = query.get('instanceIdPrefix');
  return {
    createdFrom: timeIn(query, 'createdTimeFrom'),
    createdTo: timeIn(query, 'createdTimeTo'),
    statuses: statuses.filter((status) => status !== ''),
    ...(prefix !== null && { idPrefix: prefix }),
  };
}

function timeIn(query: URLSearchParams, name: string): Date | undefined {
  const text = query.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new RequestError(400, `Expected a time in ${name}, for example 2026-01-31T12:00:00Z, not "${text}".`);
  }
  return time;
}
