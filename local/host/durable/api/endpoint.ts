/** What an endpoint of the management API is given. */

import type { Exchange } from '../../http/exchange.ts';
import type { Hub } from '../hub.ts';
import type { InstanceWithHistory } from '../orchestrations.ts';
import { Refusal } from './answers.ts';
import type { Query } from './query.ts';

export interface ApiRequest {
  readonly hub: Hub;
  readonly exchange: Exchange;
  /** The parts of the path that are no fixed words, in their order. */
  readonly parameters: readonly string[];
  readonly query: Query;
}

export type Endpoint = (request: ApiRequest) => Promise<void>;

/** The instance that the path names. Throws a Refusal with 404 when it is not there. */
export async function instanceOf({ hub, parameters: [id = ''] }: ApiRequest): Promise<InstanceWithHistory> {
  const found = await hub.orchestrations.read(id);
  if (found === undefined) {
    throw new Refusal(404);
  }
  return found;
}
