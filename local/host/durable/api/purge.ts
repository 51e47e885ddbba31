/** Deleting instances, with all that is stored of them. */

import { endStatuses, hasEnded } from '../instance.ts';
import { answer, Refusal } from './answers.ts';
import { type ApiRequest, instanceOf } from './endpoint.ts';
import { filterIn } from './filter.ts';

/** 412 for an instance that has not ended. */
export async function purge(request: ApiRequest): Promise<void> {
  const { instance } = await instanceOf(request);
  if (!hasEnded(instance)) {
    const { id, status } = instance;
    throw new Refusal(
      412,
      `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${id} has status ${status}`,
    );
  }
  await request.hub.purge(instance.id);
  answer(request.exchange.response, 200, { instancesDeleted: 1 });
}

/**
 * The statuses of ended instances narrow the filter and any other is passed over, so that a filter for running instances, or
 * for none, deletes whatever was created in time, running or not: that is what Azure does. 404 when nothing was.
 */
export async function purgeAll({ hub, exchange, query }: ApiRequest): Promise<void> {
  const { createdFrom, createdTo, statuses } = filterIn(query);
  if (createdFrom === undefined) {
    throw new Refusal(400, "Please provide value for 'createdTimeFrom' parameter.");
  }
  const ended = endStatuses.filter((status) => statuses.includes(status));
  const ids = await hub.listing.ids({ createdFrom, createdTo, statuses: ended });
  for (const id of ids) {
    await hub.purge(id);
  }
  if (ids.length === 0) {
    throw new Refusal(404);
  }
  answer(exchange.response, 200, { instancesDeleted: ids.length });
}
