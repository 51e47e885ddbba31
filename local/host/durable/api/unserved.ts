/** What Azure's extension has and this host has not: refused by name. */

import { RequestError } from '../../http/request-error.ts';
import { type ApiRequest, noSuchInstance } from './endpoint.ts';

export async function entities(): Promise<void> {
  throw new RequestError(501, 'This host serves no durable entities.');
}

/** The order of the checks is Azure's. */
export async function rewind({ hub, parameters: [id = ''] }: ApiRequest): Promise<void> {
  const told = await hub.orchestrations.read(id);
  if (told === undefined) {
    throw noSuchInstance(id);
  }
  if (told.instance.status !== 'Failed') {
    throw new RequestError(412, 'The rewind operation is only supported on failed orchestration instances.');
  }
  throw new RequestError(501, 'This host cannot rewind an instance: restart it instead.');
}
