/** Gives up at once when ACS asks for a longer pause than our caller is made to wait: the caller is told the pause instead. */
import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';

/** The SDK sleeps through any `Retry-After`; a caller on the line cannot. */
export function throttlingPolicy(timeoutSeconds: number): PipelinePolicy {
  return {
    name: 'switchboardThrottling',
    async sendRequest(request, next) {
      const response = await next(request);
      const retryAfterSeconds = Number(response.headers.get('retry-after'));
      if (response.status === 429 && retryAfterSeconds >= timeoutSeconds) {
        // Without `response`, so that the SDK's retry policy lets it pass.
        throw Object.assign(new RestError('ACS throttles this resource.', { code: '429', statusCode: 429, request }), {
          details: { retryAfterSeconds },
        });
      }
      return response;
    },
  };
}
