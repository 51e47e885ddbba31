/** HTTP triggers: every failure becomes a problem document, and a defect is logged with the correlation id of its response. */
import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App, Invocation } from '../app.ts';
import { AppError } from '../errors.ts';
import { createLog, sinkOf } from '../log.ts';
import { problemOf } from './problem.ts';

/** Answers a request with what the app gives an invocation. */
export type Answer = (app: Invocation, request: HttpRequest) => Promise<HttpResponseInit>;

/** The handler of an HTTP trigger. */
export function httpHandler(app: App, answer: Answer): HttpHandler {
  return async (request, context) => {
    const correlationId = context.invocationId;
    try {
      return await app.whileClientWaits(() => answer(app.during(context), request));
    } catch (error) {
      if (!(error instanceof AppError)) {
        const { name, stack } = error instanceof Error ? error : { name: 'not an Error', stack: undefined };
        createLog(sinkOf(context)).unhandledError({
          correlationId,
          error: name,
          ...(stack !== undefined && { stack: frames(stack) }),
        });
      }
      return problemOf(error, correlationId);
    }
  };
}

/** Where it failed, without the message, which may hold what the caller sent. */
function frames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}
