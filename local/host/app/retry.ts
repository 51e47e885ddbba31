/** A function's own retry policy: how often it is tried again, and how long the host waits in between. */

import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { AppFunction } from './function.ts';
import type { Invoke, TriggerInput } from './invocations.ts';
import type { Outcome } from './pipeline.ts';
import type { RetryContext, RetryOptions } from './rpc.ts';

/** Invokes until it succeeds, the policy is exhausted or `signal` aborts; rejects with the last error. */
export async function invokeWithRetry(
  fn: AppFunction,
  input: TriggerInput,
  { invoke, clock }: { readonly invoke: Invoke; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Outcome> {
  const policy = fn.retryOptions;
  let retry: RetryContext | undefined;
  for (let retryCount = 1; ; retryCount += 1) {
    try {
      return await invoke(fn, { ...input, ...(retry && { retry }) });
    } catch (error) {
      if (policy === undefined || (policy.maxRetryCount !== -1 && retryCount > policy.maxRetryCount)) {
        throw error;
      }
      if (!(await clock.sleep(retryDelayMs(policy, retryCount), signal))) {
        throw error;
      }
      retry = { retryCount, maxRetryCount: policy.maxRetryCount, exception: toException(error, fn.name) };
    }
  }
}

/** The wait before the `retryCount`th retry; exponential back-off doubles from the minimum, without Azure's jitter. */
export function retryDelayMs(policy: RetryOptions, retryCount: number): number {
  if (policy.retryStrategy === 'fixedDelay') {
    return (policy.delayInterval?.seconds ?? 0) * 1000;
  }
  const { minimumInterval = { seconds: 0 }, maximumInterval = minimumInterval } = policy;
  return Math.min(minimumInterval.seconds * 2 ** (retryCount - 1), maximumInterval.seconds) * 1000;
}

function toException(error: unknown, source: string): RetryContext['exception'] {
  const stackTrace = error instanceof Error ? (error.stack ?? '') : '';
  return { message: messageOf(error), source, stackTrace };
}
