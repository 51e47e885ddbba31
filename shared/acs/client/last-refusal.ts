/**
 * Reports ACS's last refusal when the timeout elapses in the pause before the SDK's next retry: it is the result then, and
 * not silence. While a request is in flight the result stays unknown.
 */
import { type PipelinePolicy, type PipelineRequest, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

/** The members of ACS's error body that are passed on. */
const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Two policies that work together: one keeps the last refusal, the other throws it when the timeout ends the retries. */
export function lastRefusalPolicies(): { readonly perRetry: PipelinePolicy; readonly perCall: PipelinePolicy } {
  const refusals = new WeakMap<PipelineRequest, PipelineResponse>();
  return {
    perRetry: {
      name: 'switchboardKeepRefusal',
      async sendRequest(request, next) {
        refusals.delete(request);
        const response = await next(request);
        if (response.status >= 400) {
          refusals.set(request, response);
        }
        return response;
      },
    },
    perCall: {
      name: 'switchboardThrowRefusal',
      async sendRequest(request, next) {
        try {
          return await next(request);
        } catch (error) {
          const response = refusals.get(request);
          throw response && request.abortSignal?.aborted ? refusalOf(response) : error;
        }
      },
    },
  };
}

function refusalOf(response: PipelineResponse): RestError {
  const { request, status, bodyAsText } = response;
  const said = errorBody.safeParse(parsed(bodyAsText));
  const { message, ...code } = said.data?.error ?? { message: `ACS answered ${status}.` };
  return new RestError(message, { ...code, statusCode: status, request, response });
}

/** A gateway may answer with anything. */
function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
