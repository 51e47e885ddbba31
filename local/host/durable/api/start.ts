/** Starting an instance, anew or as another was started. */

import { randomUUID } from 'node:crypto';
import { RequestError } from '../../http/request-error.ts';
import { writeStatus } from '../../http/response.ts';
import { refusalOfId } from '../instance-id.ts';
import type { StartRequest } from '../start-request.ts';
import type { ApiRequest } from './endpoint.ts';
import { isAsked } from './endpoint.ts';
import { readJson } from './json-body.ts';
import { addressOf, managementUrls } from './urls.ts';

/** 202 with the URLs of the instance, 400 for an unknown function, 409 while another runs under the id. */
export async function start(request: ApiRequest): Promise<void> {
  const [name = '', id = newId()] = request.parameters;
  if (!request.hub.functions.has('orchestrator', name)) {
    throw new RequestError(400, `There is no orchestrator function "${name}" in the app.`);
  }
  const refusal = refusalOfId(id);
  if (refusal !== undefined) {
    throw new RequestError(400, refusal);
  }
  const version = request.query.get('version') ?? undefined;
  await begin(request, { id, name, version, input: await readJson(request.exchange) });
}

/** Under a new id, unless `restartWithNewInstanceId=false`. */
export async function restart(request: ApiRequest): Promise<void> {
  const [before = ''] = request.parameters;
  const told = await request.hub.orchestrations.read(before);
  if (told === undefined) {
    throw new RequestError(400, `There is no orchestration instance "${before}" to restart.`);
  }
  const { name, version, input } = told.instance;
  const id = isAsked(request.query, 'restartWithNewInstanceId', true) ? newId() : before;
  await begin(request, { id, name, version, input });
}

async function begin({ hub, exchange }: ApiRequest, asked: StartRequest): Promise<void> {
  const { instance, isNew } = await hub.orchestrations.start(asked);
  if (!isNew) {
    throw new RequestError(409, `An orchestration instance with the status ${instance.status} already exists.`);
  }
  const { url, response } = exchange;
  const address = addressOf(url.origin, hub.name, url.searchParams.get('code') ?? undefined);
  const urls = managementUrls(address, encodeURIComponent(asked.id));
  response.setHeader('location', String(urls.statusQueryGetUri));
  response.setHeader('retry-after', '10');
  writeStatus(response, 202, { ...urls, id: asked.id });
}

function newId(): string {
  return randomUUID().replaceAll('-', '');
}
