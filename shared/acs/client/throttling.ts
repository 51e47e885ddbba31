/** Fails a throttled request at once when ACS's `Retry-After` exceeds the timeout, so that the caller learns the pause. */
import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';

/** The SDK waits for any `Retry-After`; an HTTP caller cannot. */
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
