/** The HTTP face of an operation: a request becomes a command, what came of it a response. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Invocation } from '../../app.ts';
import { isSettled, type Operation as OperationResource } from '../../calls/operation-life/operation-record.ts';
import { AppError } from '../../errors.ts';
import { type Performed, perform } from '../../ledger/commands/perform.ts';
import { waitForOperation } from '../../ledger/reads/read.ts';
import { type Operation, pathParameters, targetParameters } from '../../operations/operation.ts';
import { json } from '../handler.ts';
import { pathParameter } from '../path.ts';
import { readPreferences } from '../preferences.ts';
import { readObject } from '../read-body.ts';

/** Answers 202 with the operation, 200 when it is settled, a problem when ACS refused it. */
export async function answerOperation(
  app: Invocation,
  operation: Operation,
  request: HttpRequest,
): Promise<HttpResponseInit> {
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
function operationResponse(app: Invocation, operation: OperationResource, replayed: boolean): HttpResponseInit {
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
