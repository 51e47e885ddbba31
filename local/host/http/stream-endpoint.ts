/**
 * HTTP streaming (`app.setup({ enableHttpStream: true })`): the library runs a server of its own, the host invokes the
 * function and forwards the request there, and both meet by the invocation id.
 */

import { Agent, type ClientRequest, request as forward, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Invoke } from '../app/invocations.ts';
import type { Clock } from '../clock.ts';
import { bindingData } from './binding-data.ts';
import { declaredLength, readBody, withinLimit } from './body.ts';
import type { Exchange } from './exchange.ts';
import { httpInput } from './function-endpoint.ts';
import { endToEnd } from './hop-by-hop.ts';
import { forwardedTarget } from './path.ts';
import { headersOf } from './request.ts';
import { RequestError } from './request-error.ts';
import type { RouteMatch } from './route-table.ts';

/** By which the library recognises the request of an invocation; it is on the answer too. */
const invocationIdHeader = 'x-ms-invocation-id';
/**
 * An idle connection is closed before the library's server closes it (Node.js: after five seconds): one that
 * is closed while it is used again would leave the invocation waiting for its request for ever.
 */
const agent = new Agent({ keepAlive: true, timeout: 1000 });

/** How long the real host waits for the library's answer (DefaultHttpProxyService). */
const activityTimeoutMs = 240_000;

export interface StreamTarget {
  /** Where the library's server listens. */
  readonly url: string;
  readonly invoke: Invoke;
  readonly clock: Clock;
}

/**
 * Forwards the request while the function runs. The library answers neither for a function that throws nor for one that
 * returns nothing: its client gets 500 when the real host times out, and so it does here.
 */
export async function answerByStream({ fn, parameters }: RouteMatch, exchange: Exchange, target: StreamTarget) {
  const { request } = exchange;
  const body = declaredLength(request) > 0 ? await readBody(request) : undefined;
  const metadata = bindingData(request, exchange, parameters, body?.toString() ?? '');
  const input = { ...httpInput(exchange, { http: {} }), metadata };
  const forwarded = forward(new URL(forwardedTarget(exchange), target.url), {
    agent,
    method: request.method,
    headers: forwardedHeaders(exchange, input.invocationId),
  });
  const answered = relay(forwarded, body, exchange);
  const invoked = target.invoke(fn, input);
  const [relayed, ended] = await Promise.allSettled([answered, endOf(invoked, forwarded, target.clock)]);
  const isAnswered = relayed.status === 'fulfilled' && ended.status === 'fulfilled';
  if (!isAnswered && !exchange.response.headersSent && !exchange.response.destroyed) {
    throw new RequestError(500);
  }
}

/** Waits until a function has ended; one without an answer has its request taken back after a while, which rejects. */
async function endOf(invoked: ReturnType<Invoke>, forwarded: ClientRequest, clock: Clock): Promise<void> {
  const gone = new AbortController();
  forwarded.once('close', () => gone.abort());
  const hasAnswer = await invoked.then(
    ({ result }) => result !== null && result !== undefined,
    () => false,
  );
  if (hasAnswer) {
    return;
  }
  await clock.sleep(activityTimeoutMs, gone.signal);
  forwarded.destroy();
  throw new RequestError(500);
}

/** Copies both bodies; when either side closes, the other is closed too. */
async function relay(
  forwarded: ClientRequest,
  body: Buffer | undefined,
  { request, response }: Exchange,
): Promise<void> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    forwarded.once('response', resolve).once('error', reject);
  });
  response.once('close', () => response.writableFinished || forwarded.destroy());
  const sent = pipeline(body === undefined ? withinLimit(request) : Readable.from([body]), forwarded);
  const received = answered.then(async (answer) => {
    response.writeHead(answer.statusCode ?? 200, endToEnd(answer.headers));
    await pipeline(answer, response);
  });
  await Promise.allSettled([sent]);
  await received;
}

/** An invocation id that the client sent is left as it is: the library then never finds the request (as in Azure). */
function forwardedHeaders({ request, url }: Exchange, invocationId: string): Record<string, string> {
  return {
    [invocationIdHeader]: invocationId,
    ...endToEnd(headersOf(request)),
    'x-forwarded-host': url.host,
    'x-forwarded-proto': 'http',
  };
}
