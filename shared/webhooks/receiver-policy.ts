/** The policy on the URLs of receivers: that on all URLs, and a secret by which messages to a `notifyUrl` are signed. */
import { type UrlPolicy, urlError } from '../urls/url-policy.ts';

export interface ReceiverPolicy extends UrlPolicy {
  /** Signs messages to a `notifyUrl`; without it, none is accepted. */
  readonly notifySecret: string | undefined;
}

/** Why a `notifyUrl` is not allowed: by its URL, or because the app has no secret to sign with. */
export function notifyUrlError(text: string, policy: ReceiverPolicy): string | undefined {
  return policy.notifySecret === undefined ? 'the app has no NOTIFY_SECRET to sign with' : urlError(text, policy);
}
