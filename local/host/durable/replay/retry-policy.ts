/** Retries of activities and sub-orchestrations, replayed as the Durable Task Framework makes them. */

import type { RetryPolicy } from './actions.ts';
import { OrchestrationError } from './orchestration-error.ts';
import { Task } from './task.ts';

/** Of retries on the Azure Storage provider, whose AzureStorageDurabilityProvider.MaximumDelayTime this is. */
const longestDelayMs = 6 * 86_400_000;

/** What a retried call needs of the replay. */
export interface Retrying {
  readonly call: () => Task;
  readonly timer: (fireAt: Date) => Task;
  readonly now: () => Date;
}

/** The library waits for a timer after every failure, so the last one is followed by one that is due at once (recorded). */
export function retried(policy: RetryPolicy, { call, timer, now }: Retrying): Task {
  refuseLongInterval(policy);
  const outcome = new Task();
  const startedMs = now().getTime();
  const attempt = (count: number) => {
    call().whenSettled((hasFailed) => {
      if (!hasFailed) {
        outcome.settle(false);
        return;
      }
      const isLast = count >= policy.maxNumberOfAttempts;
      refuseTimeout(policy, now().getTime() - startedMs, isLast);
      const fireAt = new Date(now().getTime() + (isLast ? 0 : retryDelayMs(policy, count)));
      timer(fireAt).whenSettled(() => (isLast ? outcome.settle(true) : attempt(count + 1)));
    });
  };
  attempt(1);
  return outcome;
}

/** The wait before the attempt after the `count`th. */
function retryDelayMs(policy: RetryPolicy, count: number): number {
  const { firstRetryIntervalInMilliseconds, backoffCoefficient = 1, maxRetryIntervalInMilliseconds } = policy;
  const delayMs = firstRetryIntervalInMilliseconds * backoffCoefficient ** (count - 1);
  return Math.min(delayMs, maxRetryIntervalInMilliseconds ?? longestDelayMs);
}

/** In Azure the instance waits forever: the extension refuses the call, and the library never learns of it (seen with 3.19.0). */
function refuseLongInterval({
  firstRetryIntervalInMilliseconds,
  maxRetryIntervalInMilliseconds = 0,
}: RetryPolicy): void {
  if (Math.max(firstRetryIntervalInMilliseconds, maxRetryIntervalInMilliseconds) > longestDelayMs) {
    throw new OrchestrationError(
      'A retry interval is too long: the Azure Storage provider supports a maximum of 6 days for time-based delays.',
    );
  }
}

/** In Azure the instance hangs: the framework stops retrying, and the library never hears of it (recorded). */
function refuseTimeout({ retryTimeoutInMilliseconds }: RetryPolicy, elapsedMs: number, isLast: boolean): void {
  if (!isLast && elapsedMs >= (retryTimeoutInMilliseconds ?? Number.POSITIVE_INFINITY)) {
    throw new OrchestrationError(
      'A retryTimeoutInMilliseconds ran out, of which durable-functions 3 never hears: the instance would hang in Azure. ' +
        'Bound retries by maxNumberOfAttempts.',
    );
  }
}
