/** Answers a request by invoking the HTTP function whose route it matches. */

import { randomUUID } from 'node:crypto';
import type { Invoke, TriggerInput } from '../app/invocations.ts';
import type { TypedData } from '../app/rpc.ts';
import { traceContext } from '../app/trace-context.ts';
import { declaredLength, readBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { toHttpData } from './request.ts';
import { writeFunctionResponse, writeStatus } from './response.ts';
import type { RouteMatch } from './route-table.ts';

/**
 * Runs the function and writes what it returns, or 500 without a body when it throws. A body that declares no length is
 * dropped, as by the real host, which reads only as many bytes as Content-Length states. A client that disconnects does not stop
 * the function.
 */
export async function answerByFunction(
  { fn, parameters }: RouteMatch,
  invoke: Invoke,
  exchange: Exchange,
): Promise<void> {
  const body = declaredLength(exchange.request) > 0 ? await readBody(exchange.request) : Buffer.alloc(0);
  const data: TypedData = { http: toHttpData(exchange.request, exchange, parameters, body) };
  let returned: TypedData | null | undefined;
  try {
    ({ returnValue: returned } = await invoke(fn, httpInput(exchange, data)));
  } catch {
    return writeStatus(exchange.response, 500);
  }
  writeFunctionResponse(exchange.response, returned);
}

/** What every HTTP invocation has, whichever way its request and response travel. */
export function httpInput({ request }: Exchange, data: TypedData): TriggerInput & { invocationId: string } {
  const { traceparent, tracestate } = request.headers;
  return {
    data,
    invocationId: randomUUID(),
    reason: 'HTTP request',
    trace: traceContext(single(traceparent), single(tracestate)),
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
