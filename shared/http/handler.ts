/** Wraps what a trigger does: every failure becomes a problem document, our own faults are logged with their correlation id. */
import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App, Invocation } from '../app.ts';
import { AppError } from '../errors.ts';
import { createLog, sinkOf } from '../log.ts';
import { problemOf } from './problem.ts';

/** Answers a request with what the app gives an invocation. */
export type Handler = (invocation: Invocation, request: HttpRequest) => Promise<HttpResponseInit>;

/** The handler of an HTTP trigger. */
export function httpHandler(app: App, answer: Handler): HttpHandler {
  return async (request, context) => {
    const correlationId = context.invocationId;
    try {
      return await answer(app.during(context), request);
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

/** A 200, or another status, with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponseInit {
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Where it failed, without the message: that may hold what people sent. */
function frames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}
