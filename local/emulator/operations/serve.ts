/**
 * Serves the REST operations: authentication, validation, repeatability and faults, in the order in which they apply.
 */

import { AcsError, invalidArgument, notImplemented } from '../http/acs-error.ts';
import { authenticate } from '../http/authenticate.ts';
import { describeIssues } from '../http/issues.ts';
import { type Answer, header, parseJson, type WireRequest, withoutNulls } from '../http/message.ts';
import { pathMatcher } from '../http/route-path.ts';
import type { Resource } from '../resource.ts';
import { operations } from './index.ts';
import { type Context, type Operation, refusalBody } from './operation.ts';
import type { OperationResult } from './operation-result.ts';

/** The version in events when a request names none, where ACS requires one (chosen here). */
const DEFAULT_API_VERSION = '2026-03-12';

/** How long a response waits for the event that a fault puts before it (chosen here): longer than any phone rings. */
const HOLD_AT_MOST_MS = 200_000;

/** The codes of statuses that have only one (ACS-D15). */
const CODE_OF_STATUS: Readonly<Record<number, string>> = { 409: '8519', 429: '8516' };
const UNKNOWN = '9999';

const routes = operations.map((operation) => ({ operation, match: pathMatcher(operation.path) }));

/** Finds the operation; throws 501 for an unknown route or method. */
export function findOperation({ method, path }: WireRequest): { operation: Operation; path: Record<string, string> } {
  for (const { operation, match } of routes) {
    const parameters = operation.method === method ? match(path) : undefined;
    if (parameters !== undefined) {
      return { operation, path: parameters };
    }
  }
  throw notImplemented(`${method} ${path}`);
}

/** Authenticates, performs the operation at most once for its repeatability id, and applies the injected faults. */
export async function serveOperation(
  resource: Resource,
  request: WireRequest,
  { operation, path }: ReturnType<typeof findOperation>,
): Promise<{ answer: Answer; isReplay: boolean }> {
  await authenticate(request, resource);
  const refusal = statusFault(resource, operation);
  if (refusal !== undefined) {
    return { answer: refusal, isReplay: false };
  }
  const perform = (): Promise<OperationResult> => performOperation(resource, request, operation, path);
  const id = operation.repeatable && header(request, 'repeatability-request-id');
  const { result, isReplay } = id
    ? await resource.answers.once(`${request.method} ${request.path} ${id.toLowerCase()}`, perform)
    : { result: await perform(), isReplay: false };
  if (!isReplay) {
    await holdBack(resource, operation, result);
  }
  const isCut = resource.faults.take('dropResponse', [operation.name]) !== undefined;
  if (isCut) {
    resource.log.add({ kind: 'fault', operation: operation.name, note: 'done, but the answer is not sent' });
  }
  return { answer: isCut ? { ...result.answer, cut: true } : result.answer, isReplay };
}

function statusFault({ faults, log }: Resource, operation: Operation): Answer | undefined {
  const { name } = operation;
  const fault = faults.takeFault('status', [name]);
  if (fault?.do.status === undefined) {
    return undefined;
  }
  const { status, retryAfter } = fault.do;
  log.add({ kind: 'fault', operation: name, note: `answered ${status}` });
  const code = fault.do.code ?? CODE_OF_STATUS[status] ?? UNKNOWN;
  const error = new AcsError(status, code, `Injected fault ${fault.id}.`);
  return {
    status,
    body: refusalBody(operation, error),
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  };
}

async function performOperation(
  resource: Resource,
  request: WireRequest,
  operation: Operation,
  path: Record<string, string>,
): Promise<OperationResult> {
  const body = validBody(operation, request);
  const fail = operation.failure && resource.faults.take('fail', [operation.name]);
  if (fail) {
    resource.log.add({ kind: 'fault', operation: operation.name, note: `will end in ${operation.failure}` });
  }
  const { query, origin } = request;
  const apiVersion = query.get('api-version') ?? DEFAULT_API_VERSION;
  const range = header(request, 'range');
  const context: Context<unknown> = { resource, body, path, query, apiVersion, origin, range, fail };
  const { body: answer, connection, ...completion } = await operation.run(context);
  const headers: Record<string, string> = { ...completion.headers };
  if (connection !== undefined) {
    headers['x-microsoft-skype-chain-id'] = connection.correlationId;
  }
  if (operation.repeatable === 'openly') {
    headers['repeatability-result'] = 'accepted';
  }
  // A response that breaks its own schema throws: a bug of the emulator, answered 500.
  const parsed = operation.response === undefined ? {} : { body: operation.response.parse(answer) };
  return { answer: { status: operation.status, ...completion, headers, ...parsed }, ...(connection && { connection }) };
}

function validBody({ request: schema, isMergePatch }: Operation, { body }: WireRequest): unknown {
  if (schema === undefined) {
    return undefined;
  }
  let written: unknown;
  try {
    written = parseJson(body);
  } catch {
    throw invalidArgument('The request body is not JSON, or is nested too deep.');
  }
  const parsed = schema.safeParse(isMergePatch ? written : withoutNulls(written));
  if (!parsed.success) {
    throw invalidArgument(describeIssues(parsed.error));
  }
  return parsed.data;
}

/** Delays the response by faults: until the operation's first event, or by a fixed time. The work is done already. */
async function holdBack(
  { faults, outbox, clock, log }: Resource,
  operation: Operation,
  result: OperationResult,
): Promise<void> {
  const { name, raises = [] } = operation;
  const fault = result.connection && raises.length > 0 && faults.takeFault('eventBeforeResponse', [name, ...raises]);
  if (fault && result.connection) {
    log.add({ kind: 'fault', operation: name, note: 'the answer waits for the event' });
    const kinds = fault.match === name ? raises : [fault.match];
    await outbox.delivered(result.connection.callConnectionId, kinds, HOLD_AT_MOST_MS);
  }
  const latencyMs = faults.take('latencyMs', [name]);
  if (latencyMs !== undefined) {
    log.add({ kind: 'fault', operation: name, note: `the answer is ${latencyMs} ms late` });
    await clock.wait(latencyMs);
  }
}
