/** The validation handshake: an endpoint agrees to a subscription by returning the code that it is sent. */

import { randomUUID } from 'node:crypto';
import type { Poster } from '../delivery/post.ts';
import { TOPIC } from './grid-event.ts';

/**
 * Undefined when the endpoint took part, else what it did instead. Event Grid's manual handshake by a `validationUrl`
 * is not emulated. The code is not seeded: subscriptions outlive a reset, so it must not shift a script's ids.
 */
export async function handshakeProblem(poster: Poster, endpoint: string): Promise<string | undefined> {
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
  try {
    const { status, body } = await poster.post(endpoint, { 'aeg-event-type': 'SubscriptionValidation' }, [event]);
    if (status !== 200) {
      return `it answered ${status} instead of 200`;
    }
    return echoes(body, validationCode) ? undefined : 'it did not answer {"validationResponse": <the code>}';
  } catch (error) {
    return `it did not answer (${error instanceof Error ? error.message || error.name : String(error)})`;
  }
}

function echoes(body: string, validationCode: string): boolean {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'validationResponse' in answer
      ? answer.validationResponse === validationCode
      : false;
  } catch {
    return false;
  }
}
