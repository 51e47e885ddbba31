/** Sends a request that acts again each time it is sent only once: the SDK would send it again when its answer is lost. */
import { type PipelinePolicy, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { isAskedOnce } from './request-scope.ts';

/** Errors of a connection that never was: the request did not leave, so it may be sent again. */
const unsent: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Answers of somebody on the way, after which nobody knows whether ACS acted. */
const unknown: readonly number[] = [408, 502, 504];

/** Errors without code and response pass the SDK's retry policies. */
export const askOncePolicy: PipelinePolicy = {
  name: 'switchboardAskOnce',
  async sendRequest(request, next) {
    if (!isAskedOnce()) {
      return next(request);
    }
    const response = await next(request).catch((error: unknown) => {
      const isLost = error instanceof RestError && !unsent.includes(String(error.code));
      throw isLost ? new RestError('The answer of ACS was lost.', { request }) : error;
    });
    if (unknown.includes(response.status)) {
      throw new RestError(`Nobody knows whether ACS acted: ${response.status}.`, { request });
    }
    if (response.status === 500) {
      throw new RestError(messageOf(response), { request, statusCode: 500, code: '500' });
    }
    return response;
  },
};

function messageOf({ bodyAsText }: PipelineResponse): string {
  const message = /"message"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(bodyAsText ?? '')?.[1];
  return message === undefined ? 'ACS reported an error of its own.' : JSON.parse(message);
}
