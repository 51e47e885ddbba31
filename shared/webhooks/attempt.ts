/** One attempt to deliver: sends the signed request and interprets the response. */

import { urlError } from '../urls/url-policy.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { ConcurrencyLimits } from './concurrency.ts';
import type { Attempt } from './delivery.ts';
import { messageIdOf } from './outbox-message.ts';
import { type Posted, post } from './post.ts';
import type { ReceiverPolicy } from './receiver-policy.ts';
import { signedHeaders } from './signature.ts';

/** The URL of a delivery and the secrets that sign it; a secret may have been removed since the message was queued. */
export interface Target {
  readonly url: string;
  readonly secrets: string | undefined;
  /** Its webhook: concurrency is limited per webhook, so a slow one does not delay another on the same host. */
  readonly webhookId?: string;
}

export interface Sending {
  readonly concurrency: ConcurrencyLimits;
  readonly policy: ReceiverPolicy;
  /** Timeout from the DNS lookup to the headers of the response. */
  readonly timeoutSeconds: number;
  readonly now: () => string;
}

/** An attempt, with the pause that the receiver's `Retry-After` requests. */
export interface Attempted {
  readonly attempt: Attempt;
  readonly retryAfterSeconds?: number;
}

/** Sends an event. */
export async function attempt(sending: Sending, target: Target, event: CloudEvent): Promise<Attempted> {
  const at = sending.now();
  const startedAt = performance.now();
  const { retryAfterSeconds, ...result } = await send(sending, target, event, at);
  return {
    attempt: { at, durationMs: Math.round(performance.now() - startedAt), ...result },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

type Result = Omit<Attempt, 'at' | 'durationMs'> & { readonly retryAfterSeconds?: number };

async function send(
  { concurrency, policy, timeoutSeconds }: Sending,
  { url, secrets, webhookId }: Target,
  event: CloudEvent,
  at: string,
): Promise<Result> {
  if (secrets === undefined || urlError(url, policy) !== undefined) {
    return { reason: 'notAllowed' };
  }
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'acs-switchboard',
    ...signedHeaders(secrets, messageIdOf(event), body, new Date(at)),
  };
  const request = { url, headers, body, timeoutSeconds, allowsLoopback: policy.isLocal };
  const posted = await concurrency.take(webhookId ?? new URL(url).origin, () => post(request));
  return posted === 'busy' ? { reason: 'busy' } : resultOf(posted);
}

/** Only a 2xx is success: redirects are not followed, because their target would bypass the URL policy. */
function resultOf(posted: Posted): Result {
  if (posted.kind !== 'answered') {
    return { reason: posted.kind };
  }
  const { kind: _, ...answer } = posted;
  const { status } = answer;
  return status >= 200 && status < 300 ? answer : { ...answer, reason: status === 410 ? 'gone' : 'refused' };
}
