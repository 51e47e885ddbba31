/** Does not take the refusal of a retry for that of the operation, where an earlier attempt may have been performed. */
import { type PipelinePolicy, type PipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { retriesNow } from './request-scope.ts';
import { gatewayStatuses, mayHaveActed } from './send-once.ts';

/** ACS did not look at the retry, so it did not recognize it either. */
const unread: readonly number[] = [429, 500, 503, ...gatewayStatuses];

/** Refusals by the state of the call or the recording, which the earlier attempt may have changed. */
const byState: readonly number[] = [400, 405, 409, 412];

/**
 * Two policies that work together: one sees the attempts, the other the result. It becomes an error without a status, which is
 * silence: a later retry, an event or a read shows the outcome.
 */
export function retryRefusalPolicies(): { readonly perCall: PipelinePolicy; readonly perRetry: PipelinePolicy } {
  const attempts = new WeakMap<PipelineRequest, { followsAttempt: boolean; mayHaveActed: boolean }>();
  return {
    perCall: {
      name: 'switchboardJudgeRetry',
      async sendRequest(request, next) {
        const { onRetry } = retriesNow();
        return next(request).catch((error: unknown) => {
          const status = error instanceof RestError ? error.statusCode : undefined;
          const saysNothing =
            status !== undefined && (unread.includes(status) || (onRetry === 'judgedAnew' && byState.includes(status)));
          throw saysNothing && attempts.get(request)?.followsAttempt
            ? new RestError('ACS refused a retry: an earlier attempt may have been performed.', { request })
            : error;
        });
      },
    },
    perRetry: {
      name: 'switchboardSeeAttempts',
      async sendRequest(request, next) {
        const before = attempts.get(request)?.mayHaveActed ?? retriesNow().isTakeover ?? false;
        attempts.set(request, { followsAttempt: before, mayHaveActed: before });
        const acted = () => attempts.set(request, { followsAttempt: before, mayHaveActed: true });
        const response = await next(request).catch((error: unknown) => {
          if (mayHaveActed(error)) {
            acted();
          }
          throw error;
        });
        if (gatewayStatuses.includes(response.status)) {
          acted();
        }
        return response;
      },
    },
  };
}
