/** Answers a request: discovery, control API or REST operation; refusals and bugs in ACS's form. */

import { discoveryDocument } from './callbacks/discovery.ts';
import { serveControl } from './control/serve.ts';
import { AcsError } from './http/acs-error.ts';
import { type Answer, header, parseJson, type WireRequest } from './http/message.ts';
import { checkProxied } from './http/proxy.ts';
import { loggedHeaders } from './log.ts';
import { type Operation, refusalBody } from './operations/operation.ts';
import { findOperation, serveOperation } from './operations/serve.ts';
import type { Resource } from './resource.ts';

/** Answers every request; it never rejects, whatever a client sends. */
export async function respond(resource: Resource, request: WireRequest): Promise<Answer> {
  const answer = await answerOrRefuse(resource, { ...request, origin: publicOrigin(resource, request) });
  const clientRequestId = header(request, 'x-ms-client-request-id');
  return {
    ...answer,
    headers: {
      ...(answer.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
      ...(clientRequestId !== undefined && { 'x-ms-client-request-id': clientRequestId }),
      ...answer.headers,
    },
  };
}

/** The public URL for a client that uses it, else the requested host. */
function publicOrigin({ settings: { publicUrl } }: Resource, request: WireRequest): string {
  const isPublic = publicUrl !== undefined && new URL(publicUrl).host === header(request, 'host');
  return isPublic ? publicUrl : request.origin;
}

async function answerOrRefuse(resource: Resource, request: WireRequest): Promise<Answer> {
  try {
    if (request.proxied !== undefined) {
      checkLogged(resource, request.method, request.proxied);
    }
    if (request.method === 'CONNECT') {
      return { status: 200 };
    }
    const document = discoveryDocument(resource, request);
    if (document !== undefined) {
      return { status: 200, body: document };
    }
    if (/^\/emulator(\/|$)/i.test(request.path)) {
      return await serveControl(resource, request);
    }
    return await serveLogged(resource, request);
  } catch (error) {
    return refusal(error);
  }
}

/** Refusals of the proxy are logged: clients show little of them. */
function checkLogged({ log, endpoints }: Resource, method: string, path: string): void {
  try {
    checkProxied(method, path, endpoints());
  } catch (error) {
    const { status, body } = refusal(error);
    log.add({ kind: 'request', method, path });
    log.add({ kind: 'response', method, path, status, body });
    throw error;
  }
}

/** REST operations are logged whole, from the request to the answer. */
async function serveLogged(resource: Resource, request: WireRequest): Promise<Answer> {
  const { log } = resource;
  const { method, target } = request;
  const headers = loggedHeaders(request.headers);
  log.add({ kind: 'request', method, path: target, headers, body: readableBody(request.body) });
  const asked: { operation?: Operation } = {};
  const entry = () => ({ method, path: target, ...(asked.operation && { operation: asked.operation.name }) });
  try {
    const found = findOperation(request);
    asked.operation = found.operation;
    const { answer, isReplay } = await serveOperation(resource, request, found);
    const kept = { headers: loggedHeaders(answer.headers ?? {}), ...(isReplay && { replayed: true }) };
    const { status, body, cut } = answer;
    if (cut !== true) {
      log.add({ kind: 'response', ...entry(), status, body, ...kept });
    }
    return answer;
  } catch (error) {
    const answer = refusal(error, asked.operation);
    log.add({ kind: 'response', ...entry(), status: answer.status, body: answer.body });
    return answer;
  }
}

/** A refusal as it is; any other error is a bug of the emulator, and is reported as one. */
function refusal(error: unknown, operation: Pick<Operation, 'isStorage'> = {}): Answer {
  if (error instanceof AcsError) {
    return { status: error.status, body: refusalBody(operation, error) };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { status: 500, body: new AcsError(500, 'EmulatorBug', `The emulator failed. ${message}`).body };
}

function readableBody(body: Buffer): unknown {
  try {
    return parseJson(body);
  } catch {
    return body.toString('utf8').slice(0, 1000);
  }
}
