/** The health of a webhook by its delivery attempts: since when its receiver accepts none, and whether that disables it. Pure. */
import type { Attempt } from './delivery.ts';
import type { Webhook } from './webhook.ts';

/** An attempt of a webhook's delivery. */
export interface Evidence {
  readonly attempt: Attempt;
  /** No retry follows. */
  readonly isLast: boolean;
  /** A webhook whose receiver accepts nothing for so long is disabled; never with 0. */
  readonly disableAfterSeconds: number;
}

/**
 * The webhook after an attempt; undefined when it stays as it is. It is disabled by a 410, which unsubscribes (Standard
 * Webhooks), or when the retries of a delivery are exhausted and the receiver has accepted nothing for the whole time. A
 * receiver is not held responsible for an attempt that its concurrency limit postponed.
 */
export function afterAttempt(
  webhook: Webhook,
  { attempt, isLast, disableAfterSeconds }: Evidence,
): Webhook | undefined {
  const { failingSince, ...healthy } = webhook;
  const { at, reason } = attempt;
  if (reason === undefined) {
    return failingSince === undefined ? undefined : healthy;
  }
  if (reason === 'busy' || !webhook.enabled) {
    return undefined;
  }
  const since = failingSince ?? at;
  const hasFailedForLong = disableAfterSeconds > 0 && Date.parse(at) - Date.parse(since) >= disableAfterSeconds * 1000;
  const disabledReason = reason === 'gone' ? 'gone' : isLast && hasFailedForLong ? 'failing' : undefined;
  if (disabledReason !== undefined) {
    return { ...healthy, failingSince: since, enabled: false, disabledReason, disabledAt: at };
  }
  return failingSince === undefined ? { ...healthy, failingSince: since } : undefined;
}
