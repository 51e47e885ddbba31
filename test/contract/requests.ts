/** A request to any endpoint, made of its path, query, body and example alone, so that a new endpoint is tested without a line here. */
import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { pathParameters } from '../../shared/operations/operation.ts';
import { type Api, eventually } from '../support/api.ts';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import type { Switchboard } from '../support/switchboard.ts';

/** ACS mutes its own users only. */
const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000171';

/** What path parameters and required query parameters can name, made once for a board. */
export type Resources = Readonly<Record<string, string>>;

const rule = { priority: 10, enabled: false, action: { kind: 'leave' } };

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
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  await api('PUT', 'webhooks/contract', { url: 'https://example.com/events', secret, eventTypes: [], enabled: false });
  return {
    callId,
    operationId: callId,
    incomingCallId,
    recordingId,
    sequenceId,
    participant: user,
    ruleId: 'contract',
    webhookId: 'contract',
  };
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

/** The same resources, of which no id is known. */
export function unknownResources(): Resources {
  const ids = ['callId', 'operationId', 'incomingCallId', 'recordingId', 'sequenceId'];
  return {
    ...Object.fromEntries(ids.map((name) => [name, randomUUID()])),
    participant: user,
    ruleId: 'unknown',
    webhookId: 'unknown',
  };
}
