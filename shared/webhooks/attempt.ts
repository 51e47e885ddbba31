/** One attempt to deliver: sends the signed request and interprets the response. */
import type { CloudEvent } from './cloud-event.ts';
import type { ConcurrencyLimits } from './concurrency.ts';
import type { FailedAttempt } from './failure.ts';
import { messageIdOf } from './outbox-message.ts';
import { type Posted, post } from './post.ts';
import { signedHeaders } from './signature.ts';
import { type UrlPolicy, urlError } from './url-policy.ts';

/** The URL of a delivery and the secret that signs it; the secret may have been removed since the message was queued. */
export interface Target {
  readonly url: string;
  readonly secret: string | undefined;
  /** Its webhook: concurrency is limited per webhook, so a slow one does not delay another on the same host. */
  readonly webhookId?: string;
}

export interface Sending {
  readonly concurrency: ConcurrencyLimits;
  readonly policy: UrlPolicy;
  /** Timeout from the DNS lookup to the headers of the response. */
  readonly timeoutSeconds: number;
}

/** A failed attempt, with the pause that the receiver's `Retry-After` requests. */
export type Failed = FailedAttempt & { readonly retryAfterSeconds?: number };

/** Sends an event. Undefined when the receiver accepted it. */
export async function attempt(
  { concurrency, policy, timeoutSeconds }: Sending,
  { url, secret, webhookId }: Target,
  event: CloudEvent,
): Promise<Failed | undefined> {
  if (secret === undefined || urlError(url, policy) !== undefined) {
    return { reason: 'notAllowed' };
  }
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'acs-switchboard',
    ...signedHeaders(secret, messageIdOf(event), body, new Date()),
  };
  const request = { url, headers, body, timeoutSeconds, allowsLoopback: policy.isLocal };
  const posted = await concurrency.take(webhookId ?? new URL(url).origin, () => post(request));
  return posted === 'busy' ? { reason: 'busy' } : failureIn(posted);
}

/** Only a 2xx is success: redirects are not followed, because their target would bypass the URL policy. */
function failureIn(posted: Posted): Failed | undefined {
  if (posted.kind !== 'answered') {
    return { reason: posted.kind };
  }
  const { status, retryAfterSeconds } = posted;
  if (status >= 200 && status < 300) {
    return undefined;
  }
  return {
    reason: status === 410 ? 'gone' : 'refused',
    status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
