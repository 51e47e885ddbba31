/** A request to any endpoint, made of its path, query, body and example alone, so that a new endpoint is tested without a line here. */
import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { pathParameters } from '../../shared/operations/operation.ts';
import { type Api, eventually } from '../support/api.ts';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import { participantIdIn } from '../support/people.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { type PublishedBoard, published } from './published.ts';

/** ACS mutes its own users only. */
export const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000171';

/** What path parameters and required query parameters can name, made once for a board. */
export type Resources = Readonly<Record<string, string>>;

const rule = { priority: 10, enabled: false, action: { kind: 'leave' } };

/** A board on which every endpoint can be asked: events are logged, a webhook may have a host, and streams end soon. */
export async function startWholeBoard(): Promise<PublishedBoard> {
  const settings = {
    ...withoutTimers,
    EVENT_LOG_DAYS: '7',
    NOTIFY_HOSTS: 'example.com',
    STREAM_SECONDS: '1',
    AUDIT_DAYS: '7',
  };
  return published(await startSwitchboard(settings));
}

/** Makes one resource for each parameter. */
export async function makeResources(board: Switchboard): Promise<Resources> {
  const { api } = board;
  const callId = await connectedCall(api, [user, guest]);
  const [incomingCallId, recordingId, sequenceId] = await Promise.all([
    ringingCall(board),
    archivedRecording(api),
    waitingSequence(api),
  ]);
  await api('PUT', 'routing-rules/contract', rule);
  const deliveryId = await failingDelivery(api);
  const { body: key } = await api('POST', 'api-keys', { name: 'contract', roles: ['Calls.Read'] });
  const { body: erasure } = await api('POST', 'erasures', { participant: '+14255550198' });
  return {
    callId,
    operationId: callId,
    incomingCallId,
    recordingId,
    sequenceId,
    participantId: await participantIdIn(api, `calls/${callId}`, user),
    ruleId: 'contract',
    webhookId: 'contract',
    deliveryId,
    apiKeyId: key.apiKeyId,
    erasureId: erasure.erasureId,
  };
}

/** The resources for one request to an endpoint: what it ends is made for it alone. */
export async function resourcesFor({ name }: Endpoint, resources: Resources, api: Api): Promise<Resources> {
  switch (name) {
    case 'cancelSequence':
      return { ...resources, sequenceId: await waitingSequence(api) };
    case 'deleteCall':
      return { ...resources, callId: await endedCall(api) };
    default:
      return resources;
  }
}

/** A call that is over; its id. */
async function endedCall(api: Api): Promise<string> {
  const callId = await connectedCall(api);
  await api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    () => api('GET', `calls/${callId}`),
    ({ body }) => body.status === 'disconnected',
  );
  return callId;
}

/** The path of an endpoint with its required query, for these resources. */
export function pathOf({ path, query }: Endpoint, resources: Resources): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(resources[name] ?? `no ${name}`));
  const required = Object.entries(query.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  const search = new URLSearchParams(Object.fromEntries(required.map(([name]) => [name, resources[name] ?? ''])));
  return required.length > 0 ? `${filled}?${search}` : filled;
}

/** The example of an endpoint as a body; undefined for one that is read. */
export function bodyOf({ method, path, example = {} }: Endpoint): Record<string, unknown> | undefined {
  const inPath = pathParameters(path);
  const members = Object.entries(example as object).filter(([name]) => !inPath.includes(name));
  return method === 'GET' ? undefined : Object.fromEntries(members);
}

/** A sequence that waits for an hour. */
export async function waitingSequence(api: Api): Promise<string> {
  return (await api('POST', 'sequences', { steps: [{ wait: 'PT1H' }] })).body.sequenceId;
}

async function archivedRecording(api: Api): Promise<string> {
  const { body } = await api('POST', `calls/${await connectedCall(api)}/recordings`, {}, { prefer: 'wait=20' });
  const { recordingId } = body.result;
  await api('POST', `recordings/${recordingId}/stop`, {});
  await eventually(
    () => api('GET', `recordings/${recordingId}`),
    (answer) => answer.body.status === 'archived',
  );
  return recordingId;
}

/** A delivery of the webhook `contract`, at whose URL nothing listens. */
async function failingDelivery(api: Api): Promise<string> {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const webhook = { url: 'http://127.0.0.1:1/', secret, eventTypes: ['CallConnected'] };
  await api('PUT', 'webhooks/contract', webhook);
  await connectedCall(api);
  const { body } = await eventually(
    () => api('GET', 'webhooks/contract/deliveries'),
    (answer) => answer.body.items.length > 0,
  );
  return body.items[0].deliveryId;
}

/** The same resources, of which no id is known. */
export function unknownResources(): Resources {
  const ids = ['callId', 'operationId', 'incomingCallId', 'recordingId', 'sequenceId'];
  return {
    ...Object.fromEntries(ids.map((name) => [name, randomUUID()])),
    participantId: 'p-aaaaaaaaaaaaaaaa',
    ruleId: 'unknown',
    webhookId: 'unknown',
    deliveryId: 'unknown',
  };
}
