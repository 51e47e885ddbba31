/** The HTTP face of an operation: a request becomes a command, what came of it a response. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App } from '../app.ts';
import { isSettled, type Operation as OperationResource } from '../calls/operation-record.ts';
import { AppError, type FieldError, invalidInput } from '../errors.ts';
import { type Performed, perform } from '../ledger/perform.ts';
import { waitForOperation } from '../ledger/read.ts';
import { type Operation, pathParameters } from '../operations/operation.ts';
import { json } from './handler.ts';
import { readObject } from './read-body.ts';

/** Answers 202 with the operation, 200 when it is settled, a problem when ACS refused it. */
export async function answerOperation(app: App, operation: Operation, request: HttpRequest): Promise<HttpResponseInit> {
  const body = await readObject(request);
  const { callId, incomingCallId, ...params } = request.params;
  const { idempotencyKey, waitSeconds } = readPreferences(request, app.maxWaitSeconds);
  const targetId = operation.target === 'call' ? callId : incomingCallId;
  const performed = await perform(app.ledger, {
    operation,
    input: { ...body, ...participantOf(operation, params) },
    ...(operation.target !== 'newCall' && { targetId: targetId ?? '' }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  if (performed.refusal) {
    throw refusalOf(performed, performed.refusal);
  }
  const current =
    waitSeconds > 0 ? await waitForOperation(app.ledger, performed.operation, waitSeconds) : performed.operation;
  return operationResponse(app, current, performed.replayed);
}

/** 202 while the operation is open, 200 once it settled. */
function operationResponse(app: App, operation: OperationResource, replayed: boolean): HttpResponseInit {
  const headers = {
    'operation-location': app.urlOf(`operations/${operation.operationId}`),
    ...(replayed && { 'idempotent-replayed': 'true' }),
  };
  return json(operation, isSettled(operation) ? 200 : 202, headers);
}

function refusalOf({ operation }: Performed, refusal: NonNullable<Performed['refusal']>): AppError {
  const { operationId } = operation;
  return new AppError('acsRefused', refusal.message, {
    operationId,
    acsStatus: refusal.status,
    acsCode: refusal.code,
    ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
  });
}

/** Path parameters that are fields of the input. Hosts differ in whether they decode them. */
function participantOf(operation: Operation, params: Readonly<Record<string, string>>): Record<string, string> {
  const fields = pathParameters(operation.path).filter((name) => name !== 'callId' && name !== 'incomingCallId');
  return Object.fromEntries(fields.map((name) => [name, decoded(params[name] ?? '')]));
}

/** A path segment, decoded. A malformed escape is left as it came: validation names it. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function readPreferences(
  request: HttpRequest,
  maxWaitSeconds: number,
): { idempotencyKey?: string; waitSeconds: number } {
  const errors: FieldError[] = [];
  const key = request.headers.get('idempotency-key');
  if (key !== null && !uuid.test(key)) {
    errors.push({ path: 'Idempotency-Key', message: 'expected a UUID' });
  }
  const wait = /(?:^|[,;\s])wait\s*=\s*"?([^",;\s]+)/i.exec(request.headers.get('prefer') ?? '')?.[1];
  const waitSeconds = Number(wait ?? 0);
  if (!Number.isInteger(waitSeconds) || waitSeconds < 0 || waitSeconds > maxWaitSeconds) {
    errors.push({ path: 'Prefer', message: `expected wait=0 to wait=${maxWaitSeconds}, in seconds` });
  }
  if (errors.length > 0) {
    throw invalidInput(errors);
  }
  return { waitSeconds, ...(key !== null && { idempotencyKey: key.toLowerCase() }) };
}
