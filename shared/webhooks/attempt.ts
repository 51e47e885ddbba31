/** One attempt to deliver: the signed request, and what its answer means. */
import type { CloudEvent } from './cloud-event.ts';
import type { ConcurrencyLimits } from './concurrency.ts';
import type { FailedAttempt } from './failure.ts';
import { messageIdOf } from './outbox-message.ts';
import { type Posted, post } from './post.ts';
import { signedHeaders } from './signature.ts';
import { type UrlPolicy, urlFault } from './url-policy.ts';

/** Where a message goes, and what it is signed with; a secret can have been taken away since the message was sent. */
export interface Target {
  readonly url: string;
  readonly secret: string | undefined;
  /** The webhook that it is: one that is slow does not slow another down on the same host. */
  readonly webhookId?: string;
}

/** What an attempt needs. */
export interface Sending {
  readonly lanes: ConcurrencyLimits;
  readonly policy: UrlPolicy;
  /** Patience with the receiver, from the look-up of its host to the head of its answer. */
  readonly timeoutSeconds: number;
}

/** An attempt that failed, and how long the receiver asks us to wait. */
export type Failed = FailedAttempt & { readonly retryAfterSeconds?: number };

/** Sends an event. Undefined when the receiver took it. */
export async function attempt(
  { lanes, policy, timeoutSeconds }: Sending,
  { url, secret, webhookId }: Target,
  event: CloudEvent,
): Promise<Failed | undefined> {
  if (secret === undefined || urlFault(url, policy) !== undefined) {
    return { reason: 'notAllowed' };
  }
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'acs-switchboard',
    ...signedHeaders(secret, messageIdOf(event), body, new Date()),
  };
  const request = { url, headers, body, timeoutSeconds, allowsLoopback: policy.isLocal };
  const posted = await lanes.take(webhookId ?? new URL(url).origin, () => post(request));
  return posted === 'busy' ? { reason: 'busy' } : failureIn(posted);
}

/** Only a 2xx is a yes: redirects are not followed, as nobody checked where they lead. */
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
