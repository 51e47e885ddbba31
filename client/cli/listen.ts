/**
 * `webhooks listen`: subscribes a port of this machine to events, verifies and prints each, and forwards it with its signature
 * headers, so that a receiver under development gets what it would get in production. The webhook is removed at the end.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { verifyWebhook } from '../webhook.ts';
import { type Connection, type Refusal, refusalIn, send } from './connection.ts';
import type { Paint } from './print.ts';

export interface Listening {
  readonly connection: Connection;
  /** The receiver under development; without one, events are only printed. */
  readonly forwardTo: string | undefined;
  /** Short names; all events unless given. */
  readonly eventTypes: readonly string[];
  readonly port: number;
  readonly json: boolean;
  readonly paint: Paint;
  /** Ends it. */
  readonly signal: AbortSignal;
  print(line: string): void;
  printError(line: string): void;
}

/** Resolves when the signal is aborted and the webhook is removed; or with the API's refusal to subscribe. */
export async function listen(options: Listening): Promise<Refusal | undefined> {
  const { connection, eventTypes, port, signal, printError, paint, forwardTo } = options;
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const server = createServer((request, response) => {
    take(request, response, secret, options).catch((error) => {
      printError(paint('red', String(error)));
      response.writeHead(500).end();
    });
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  const path = `/webhooks/cli-${randomBytes(4).toString('hex')}`;
  try {
    const answer = await send(connection, { method: 'PUT', path, headers: {}, body: { url, secret, eventTypes } });
    if (!answer.ok) {
      return refusalIn(answer);
    }
    printError(`Listening at ${url}${forwardTo === undefined ? '' : `, forwarding to ${forwardTo}`}. Ctrl-C ends it.`);
    printError(`Signing secret, for the receiver: ${secret}`);
    if (!signal.aborted) {
      await once(signal, 'abort');
    }
    const removed = await send(connection, { method: 'DELETE', path, headers: {} }).catch((error: Error) => error);
    const why = removed instanceof Error ? removed.message : removed.ok ? undefined : String(removed.status);
    printError(why === undefined ? 'The webhook is removed.' : `The webhook ${path} could not be removed: ${why}`);
    return undefined;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Answers with what the receiver under development answers, so that the API retries as it would in production. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  { forwardTo, json, paint, print, printError }: Listening,
): Promise<void> {
  const body = await text(request);
  const verified = await verifyWebhook({ headers: request.headers, body }, secret).then(
    (event) => ({ event: event as unknown as Readonly<Record<string, unknown>> }),
    (error: Error) => ({ error }),
  );
  if ('error' in verified) {
    printError(paint('red', `Refused a message: ${verified.error.message}`));
    response.writeHead(401).end();
    return;
  }
  const status = forwardTo === undefined ? 200 : await forward(request, body, forwardTo);
  print(json ? body : messageInWords(verified.event, forwardTo === undefined ? undefined : status, paint));
  response.writeHead(typeof status === 'number' ? status : 502).end();
}

const forwarded = ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** The status of the receiver's answer, or why there is none. */
async function forward({ headers }: IncomingMessage, body: string, url: string): Promise<number | string> {
  const kept = forwarded.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  try {
    const answer = await fetch(url, { method: 'POST', headers: Object.fromEntries(kept), body, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return `nothing answers at ${url}`;
  }
}

function messageInWords(
  { type, time, data }: Readonly<Record<string, unknown>>,
  status: number | string | undefined,
  paint: Paint,
): string {
  const { callId, name, status: outcome } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const isGood = typeof status === 'number' && status < 300;
  const words = [
    paint('dim', String(time ?? '')),
    paint('cyan', String(type).split('.').at(-1) ?? ''),
    ...[callId, name, outcome].filter((word) => typeof word === 'string'),
    ...(status === undefined ? [] : [paint(isGood ? 'green' : 'red', `→ ${status}`)]),
  ];
  return words.join('  ');
}
