/**
 * When our patience ends in the pause before the SDK would ask again, the last thing that ACS said was no: that is told,
 * and not that nothing was heard. While a request is under way nobody knows what ACS does with it.
 */
import { type PipelinePolicy, type PipelineRequest, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';

/** The error body of ACS, as far as it is told. */
const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Two policies that work together: one hears every answer, the other tells the last when the retries are given up. */
export function lastRefusalPolicies(): { readonly perRetry: PipelinePolicy; readonly perCall: PipelinePolicy } {
  const refusals = new WeakMap<PipelineRequest, PipelineResponse>();
  return {
    perRetry: {
      name: 'switchboardHearRefusal',
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
      name: 'switchboardTellRefusal',
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
  const { code, message } = said.data?.error ?? { code: String(status), message: `ACS answered ${status}.` };
  return new RestError(message, { code, statusCode: status, request, response });
}

/** A gateway may answer with anything. */
function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
