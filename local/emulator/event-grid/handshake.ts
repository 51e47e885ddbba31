/**
 * The validation handshake: an endpoint agrees to a subscription by returning the code that it is sent or, for
 * CloudEvents, by allowing the origin of the events (CloudEvents' protection of webhooks against abuse).
 */

import { randomUUID } from 'node:crypto';
import type { Poster } from '../delivery/post.ts';
import { type Schema, TOPIC } from './grid-event.ts';

/** Documented as the origin of Event Grid's requests. */
const ORIGIN = 'eventgrid.azure.net';

/** Undefined when the endpoint took part, else what it did instead. */
export async function handshakeProblem(
  poster: Poster,
  { endpoint, eventDeliverySchema }: { readonly endpoint: string; readonly eventDeliverySchema: Schema },
): Promise<string | undefined> {
  try {
    return await (eventDeliverySchema === 'CloudEventSchemaV1_0' ? cloudEventsProblem : codeProblem)(poster, endpoint);
  } catch (error) {
    return `it did not answer (${error instanceof Error ? error.message || error.name : String(error)})`;
  }
}

async function cloudEventsProblem(poster: Poster, endpoint: string): Promise<string | undefined> {
  const { status, headers } = await poster.options(endpoint, { 'webhook-request-origin': ORIGIN });
  const allowed = headers['webhook-allowed-origin'];
  if (status !== 200) {
    return `it answered ${status} instead of 200 to OPTIONS`;
  }
  return allowed === '*' || allowed === ORIGIN ? undefined : `it did not answer WebHook-Allowed-Origin: ${ORIGIN}`;
}

/**
 * Event Grid's manual handshake by a `validationUrl` is not emulated. The code is not seeded: subscriptions outlive a
 * reset, so it must not shift a script's ids.
 */
async function codeProblem(poster: Poster, endpoint: string): Promise<string | undefined> {
  const validationCode = randomUUID();
  const event = {
    id: randomUUID(),
    topic: TOPIC,
    subject: '',
    data: { validationCode },
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: new Date().toISOString(),
    metadataVersion: '1',
    dataVersion: '2',
  };
  const { status, body } = await poster.post(endpoint, { 'aeg-event-type': 'SubscriptionValidation' }, [event]);
  if (status !== 200) {
    return `it answered ${status} instead of 200`;
  }
  return echoes(body, validationCode) ? undefined : 'it did not answer {"validationResponse": <the code>}';
}

/** Single quotes count as well (not documented; Microsoft's samples in Python answer with a dictionary as text). */
function echoes(body: string, validationCode: string): boolean {
  try {
    const answer: unknown = JSON.parse(body.includes('"') ? body : body.replaceAll("'", '"'));
    return typeof answer === 'object' && answer !== null && 'validationResponse' in answer
      ? answer.validationResponse === validationCode
      : false;
  } catch {
    return false;
  }
}
