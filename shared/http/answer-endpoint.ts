/**
 * Answers a request to an endpoint: who the caller is, and whether they may, comes before anything else is read; what the caller
 * may not see is masked, and the audit trail has the request before its answer is sent.
 */
import { anonymousCaller, requireOneOf } from '../access/caller.ts';
import { AppError } from '../errors.ts';
import { measureRefusedRequest } from '../telemetry/metrics.ts';
import { audited } from './audited.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answer } from './handler.ts';
import { variesByCaller } from './headers.ts';
import { openView, viewOf } from './masking/view.ts';

/** The answer of an endpoint to a caller who has one of its roles. Any other gets 401 or 403. */
export function answerOf(endpoint: Endpoint): Answer {
  const { roles, answer } = endpoint;
  if (roles.length === 0) {
    return (app, request) => answer({ ...app, caller: anonymousCaller }, request, openView);
  }
  return async (app, request) => {
    const caller = await counted(() => app.identify(request.headers));
    const view = viewOf(caller, app.audit !== undefined);
    const response = await audited({ app, endpoint, request, caller, view }, async () => {
      await counted(async () => requireOneOf(caller, roles));
      return answer({ ...app, caller }, request, view);
    });
    return { ...response, headers: { ...response.headers, ...variesByCaller } };
  };
}

/** Counts refusals for the alert on them. */
async function counted<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof AppError) {
      measureRefusedRequest(error.code);
    }
    throw error;
  }
}
