/**
 * The handler of every HTTP trigger: a failure becomes a problem document, a defect is logged with the request id of its
 * response, every response has the common headers, and one to HEAD has no body.
 */
import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import type { App, Invocation } from '../app.ts';
import { AppError } from '../errors.ts';
import { createLog, sinkOf } from '../log.ts';
import { commonHeaders, requestIdOf, variesByCaller, withCommonHeaders } from './headers.ts';
import { problemOf } from './problem.ts';
import type { ApiResponse } from './reply.ts';

/** Answers a request with what the app gives an invocation. */
export type Answer = (app: Invocation, request: HttpRequest) => Promise<ApiResponse>;

/** The handler of an HTTP trigger. */
export function httpHandler(app: App, answer: Answer): HttpHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request, context.invocationId);
    const response = await app
      .whileClientWaits(async () => answer(app.during(context), request))
      .catch((error) => failure(error, context, requestId));
    const whole = {
      ...response,
      headers: withCommonHeaders(response.headers, commonHeaders(request, requestId, app.corsOrigins)),
    };
    return request.method === 'HEAD' ? withoutBody(whole) : whole;
  };
}

function failure(error: unknown, context: InvocationContext, correlationId: string): ApiResponse {
  if (!(error instanceof AppError)) {
    const { name, stack } = error instanceof Error ? error : { name: 'not an Error', stack: undefined };
    createLog(sinkOf(context)).unhandledError({
      correlationId,
      error: name,
      ...(error instanceof Error && stack !== undefined && { stack: frames(stack, error.message) }),
    });
  }
  const problem = problemOf(error, correlationId);
  return { ...problem, headers: { ...problem.headers, ...variesByCaller } };
}

/** What GET would answer, with the length of the body that is left out, where that is known before it is made. */
function withoutBody({ body, ...response }: ApiResponse): ApiResponse {
  return typeof body === 'string'
    ? { ...response, headers: { ...response.headers, 'content-length': String(Buffer.byteLength(body)) } }
    : response;
}

/**
 * Where it failed, without the message, which may hold what the caller sent, also in lines that look like frames. A stack
 * without the message was made before the message changed, and is not logged.
 */
function frames(stack: string, message: string): string {
  const start = stack.indexOf(message);
  // The rest of the line that the message ends in is none of the frames.
  return start < 0
    ? ''
    : stack
        .slice(start + message.length)
        .split('\n')
        .slice(1)
        .join('\n');
}
