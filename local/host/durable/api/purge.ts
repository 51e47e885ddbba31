/** Deleting instances that have ended, with all that is stored of them. */

import { RequestError } from '../../http/request-error.ts';
import { writeStatus } from '../../http/response.ts';
import { endStatuses, hasEnded } from '../instance.ts';
import { type ApiRequest, noSuchInstance } from './endpoint.ts';
import { filterIn } from './filter.ts';

/** 412 for one that has not ended. */
export async function purge({ hub, exchange, parameters: [id = ''] }: ApiRequest): Promise<void> {
  const told = await hub.orchestrations.read(id);
  if (told === undefined) {
    throw noSuchInstance(id);
  }
  if (!hasEnded(told.instance)) {
    const { status } = told.instance;
    throw new RequestError(412, `Only what has ended can be purged, and instance "${id}" is ${status}.`);
  }
  await hub.purge(id);
  writeStatus(exchange.response, 200, { instancesDeleted: 1 });
}

/** Those that have ended among what the filter lets through; 404 when there is none. */
export async function purgeAll({ hub, exchange, query }: ApiRequest): Promise<void> {
  const filter = filterIn(query);
  if (filter.createdFrom === undefined) {
    throw new RequestError(400, 'Expected the parameter createdTimeFrom.');
  }
  const asked: readonly string[] = filter.statuses.length === 0 ? endStatuses : filter.statuses;
  const statuses = endStatuses.filter((status) => asked.includes(status));
  const ids = statuses.length === 0 ? [] : await hub.listing.ids({ ...filter, statuses });
  for (const id of ids) {
    await hub.purge(id);
  }
  writeStatus(exchange.response, ids.length === 0 ? 404 : 200, { instancesDeleted: ids.length });
}
