/** Sends requests that are not idempotent at most once: the SDK would retry them when a response is lost. */
import { type PipelinePolicy, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { retriesNow } from './request-scope.ts';

/** Errors of a connection that was not established: the request was not sent, so a retry is safe. */
const unsent: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Whether ACS may have acted on a request that failed so: the connection broke after it was made. A status is a response. */
export function mayHaveActed(error: unknown): error is RestError {
  return error instanceof RestError && error.statusCode === undefined && !unsent.includes(String(error.code));
}

/** Statuses of a gateway, after which it is unknown whether ACS acted. */
export const gatewayStatuses: readonly number[] = [408, 502, 504];

/** The SDK's retry policies do not retry errors without code and response. */
export const sendOncePolicy: PipelinePolicy = {
  name: 'switchboardSendOnce',
  async sendRequest(request, next) {
    if (retriesNow().onRetry !== 'performedAgain') {
      return next(request);
    }
    const response = await next(request).catch((error: unknown) => {
      throw mayHaveActed(error) ? new RestError('The response of ACS was lost.', { request }) : error;
    });
    if (gatewayStatuses.includes(response.status)) {
      throw new RestError(`A gateway responded ${response.status}: it is unknown whether ACS acted.`, { request });
    }
    if (response.status === 500) {
      throw new RestError(messageOf(response), { request, statusCode: 500, code: '500' });
    }
    return response;
  },
};

function messageOf({ bodyAsText }: PipelineResponse): string {
  const message = /"message"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(bodyAsText ?? '')?.[1];
  return message === undefined ? 'ACS reported an internal error.' : JSON.parse(message);
}
