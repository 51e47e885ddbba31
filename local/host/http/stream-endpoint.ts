/**
 * HTTP streaming (`app.setup({ enableHttpStream: true })`): the library runs a server of its own, the host invokes the
 * function and forwards the request there, and both meet by the invocation id.
 */

import { Agent, type ClientRequest, request as forward, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Invoke } from '../app/invocations.ts';
import type { Exchange } from './exchange.ts';
import { httpInput } from './function-endpoint.ts';
import { endToEnd } from './hop-by-hop.ts';
import { headersOf } from './request.ts';
import { writeStatus } from './response.ts';
import type { RouteMatch } from './route-table.ts';

/** By which the library recognises the request of an invocation, and its answer. */
const invocationIdHeader = 'x-ms-invocation-id';
/**
 * A connection that nobody uses is given up before the library's server gives it up (Node.js: after five seconds): one that
 * is closed while it is used again would leave the invocation waiting for its request for ever.
 */
const agent = new Agent({ keepAlive: true, timeout: 1000 });

/**
 * Forwards the request while the function runs. A function that throws before it answers is a 500, one that returns
 * nothing a 200 without a body: the library leaves both unanswered on its side.
 */
export async function answerByStream(
  { fn, parameters }: RouteMatch,
  invoke: Invoke,
  exchange: Exchange,
  streamUrl: string,
): Promise<void> {
  const { request, response } = exchange;
  const texts = Object.entries(parameters).map(([name, string]) => [name, { string }] as const);
  const metadata = { ...Object.fromEntries(texts), Headers: { json: JSON.stringify(headersOf(request)) } };
  const input = { ...httpInput(exchange, { http: {} }), metadata };
  const forwarded = forward(new URL(request.url ?? '/', streamUrl), {
    agent,
    method: request.method,
    headers: forwardedHeaders(exchange, input.invocationId),
  });
  const relayed = relay(forwarded, exchange);
  const unanswered = await invoke(fn, input).then(
    ({ result }) => (result === null || result === undefined ? 200 : undefined),
    () => 500,
  );
  if (unanswered !== undefined) {
    forwarded.destroy();
  }
  if (unanswered !== undefined && !response.headersSent) {
    writeStatus(response, unanswered);
  }
  await relayed;
}

/** Copies both bodies; either side that goes away takes the other with it. */
async function relay(forwarded: ClientRequest, { request, response }: Exchange): Promise<void> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    forwarded.once('response', resolve).once('error', reject);
  });
  response.once('close', () => response.writableFinished || forwarded.destroy());
  answered.catch(() => {
    if (!response.headersSent && !response.destroyed) {
      writeStatus(response, 502);
    }
  });
  const sent = pipeline(request, forwarded);
  const received = answered.then(async (answer) => {
    const { [invocationIdHeader]: _, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 200, endToEnd(headers));
    await pipeline(answer, response);
  });
  await Promise.allSettled([sent, received]);
}

function forwardedHeaders({ request, url }: Exchange, invocationId: string): Record<string, string> {
  return {
    ...endToEnd(headersOf(request)),
    [invocationIdHeader]: invocationId,
    'x-forwarded-host': url.host,
    'x-forwarded-proto': 'http',
  };
}
