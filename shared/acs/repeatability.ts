/** Gives a request to ACS the operation's own id, in both places that ACS has for one. */
import type { RequestOptions } from '../operations/operation.ts';

/**
 * The options of a request. The SDK overwrites `repeatabilityRequestID` with a random id; a custom header stays, so that
 * a repeated request is recognised by ACS also after a crash of ours. `firstSentAt` is the time of the first attempt.
 */
export function repeatable(operationId: string, firstSentAt: string, timeoutSeconds: number): RequestOptions {
  return {
    operationContext: operationId,
    requestOptions: {
      customHeaders: {
        'Repeatability-Request-ID': operationId,
        'Repeatability-First-Sent': new Date(firstSentAt).toUTCString(),
      },
    },
    abortSignal: AbortSignal.timeout(timeoutSeconds * 1000),
  };
}
