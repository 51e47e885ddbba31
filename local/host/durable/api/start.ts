/** Starting an instance, anew or as another was started. */

import { randomUUID } from 'node:crypto';
import { isDisabled } from '../../app/function.ts';
import { refusalOfId } from '../instance-id.ts';
import type { StartRequest } from '../start-request.ts';
import { answer, refusal } from './answers.ts';
import type { ApiRequest } from './endpoint.ts';
import { readJson } from './json-body.ts';
import { addressOf, managementUrls } from './urls.ts';
import { answerWhenEnded } from './waiting.ts';

/**
 * 202 with the URLs of the instance, 409 while another runs under its id. Whether there is such an orchestrator is seen by
 * the instance, which then fails. With `timeout` and `pollingInterval`, in seconds, the answer waits for the end.
 */
export async function start(request: ApiRequest): Promise<void> {
  const [name = '', id = newId()] = request.parameters;
  const reason = refusalOfId(id);
  if (reason !== undefined) {
    throw refusal(400, reason);
  }
  const input = await readJson(request.exchange, 'null');
  const running = await begin(request, { id, name, version: request.query.text('version'), input });
  if (running !== undefined) {
    throw refusal(409, running);
  }
  await answerStarted(request, id);
}

/** Under a new id, unless `restartWithNewInstanceId=false`; without the version, which Azure does not keep. */
export async function restart(request: ApiRequest): Promise<void> {
  const [before = ''] = request.parameters;
  const id = request.query.flag('restartWithNewInstanceId', true) ? newId() : before;
  await restartAs(request, { id, version: undefined });
}

/** Under the id, and with the version, of the query. */
export async function restartWithOptions(request: ApiRequest): Promise<void> {
  const id = request.query.text('newInstanceId')?.trim() ?? '';
  const reason = id === '' ? 'A new orchestration instance ID must be provided.' : refusalOfId(id);
  if (reason !== undefined) {
    throw refusal(400, reason);
  }
  await restartAs(request, { id, version: request.query.text('version') });
}

async function restartAs(request: ApiRequest, anew: Pick<StartRequest, 'id' | 'version'>): Promise<void> {
  const [before = ''] = request.parameters;
  const found = await request.hub.orchestrations.read(before);
  if (found === undefined) {
    const reason = `No instance with ID '${before}' was found. (Parameter 'instanceId')`;
    throw refusal(400, 'InstanceId does not match a valid orchestration instance.', reason);
  }
  const { name, input } = found.instance;
  const running = await begin(request, { ...anew, name, input });
  if (running !== undefined) {
    throw refusal(409, 'A non-terminal instance with this instance ID already exists.', running);
  }
  await answerStarted(request, anew.id);
}

/** The reason why nothing was started; undefined when it was. Throws a Refusal with 400 for an orchestrator that is disabled. */
async function begin({ hub }: ApiRequest, asked: StartRequest): Promise<string | undefined> {
  if (isDisabled(asked.name)) {
    throw refusal(400, hub.functions.refusalOf('orchestrator', asked.name) ?? '');
  }
  const { instance, isNew } = await hub.orchestrations.start(asked);
  return isNew ? undefined : `An Orchestration instance with the status ${instance.status} already exists.`;
}

async function answerStarted(request: ApiRequest, id: string): Promise<void> {
  if (await answerWhenEnded(request, id)) {
    return;
  }
  const { url, response } = request.exchange;
  const address = addressOf(url.origin, request.hub.name, url.searchParams.get('code') ?? undefined);
  const { rewindPostUri, ...urls } = managementUrls(address, encodeURIComponent(id));
  response.setHeader('location', String(urls.statusQueryGetUri));
  response.setHeader('retry-after', '10');
  answer(response, 202, { ...urls, id });
}

function newId(): string {
  return randomUUID().replaceAll('-', '');
}
