/** The HTTP face of an operation: a request becomes a command, what came of it a response. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App } from '../app.ts';
import { isSettled, type Operation as OperationResource } from '../calls/operation-record.ts';
import { AppError, type FieldError } from '../errors.ts';
import { type Performed, perform } from '../ledger/perform.ts';
import { waitForOperation } from '../ledger/read.ts';
import { type Operation, pathParameters, targetParameters } from '../operations/operation.ts';
import { json } from './handler.ts';
import { isUuid, pathParameter } from './path.ts';
import { readObject } from './read-body.ts';

/** Answers 202 with the operation, 200 when it is settled, a problem when ACS refused it. */
export async function answerOperation(app: App, operation: Operation, request: HttpRequest): Promise<HttpResponseInit> {
  const { fields, faults } = await readObject(request);
  const targetParameter = targetParameters[operation.target];
  const inPath = pathParameters(operation.path).filter((name) => name !== targetParameter);
  const { idempotencyKey, waitSeconds, errors } = readPreferences(request, app.maxWaitSeconds);
  const performed = await perform(app.ledger, {
    operation,
    input: { ...fields, ...Object.fromEntries(inPath.map((name) => [name, pathParameter(request, name)])) },
    faults: [...errors, ...faults],
    ...(targetParameter && { targetId: pathParameter(request, targetParameter) }),
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

/** What a caller asks for in headers. A header that is wrong counts as absent, and is among the errors. */
interface Preferences {
  readonly idempotencyKey?: string;
  readonly waitSeconds: number;
  readonly errors: readonly FieldError[];
}

function readPreferences(request: HttpRequest, maxWaitSeconds: number): Preferences {
  const key = request.headers.get('idempotency-key');
  const isKey = key === null || isUuid(key);
  const wait = /(?:^|[,;\s])wait\s*=\s*"?([^",;\s]+)/i.exec(request.headers.get('prefer') ?? '')?.[1];
  const waitSeconds = Number(wait ?? 0);
  const isWait = Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= maxWaitSeconds;
  return {
    waitSeconds: isWait ? waitSeconds : 0,
    ...(key !== null && isKey && { idempotencyKey: key.toLowerCase() }),
    errors: [
      ...(isKey ? [] : [{ path: 'Idempotency-Key', message: 'expected a UUID' }]),
      ...(isWait ? [] : [{ path: 'Prefer', message: `expected wait=0 to wait=${maxWaitSeconds}, in seconds` }]),
    ],
  };
}
