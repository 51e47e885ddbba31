/** Operations: each literal of the table becomes an endpoint, whose requests are performed as commands of the ledger. */
import * as z from 'zod';
import {
  isSettled,
  type Operation as OperationResource,
  operationSchema,
} from '../../calls/operation-life/operation-record.ts';
import { recordingSteps } from '../../calls/recording/recording-steps.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import { type Performed, perform } from '../../ledger/commands/perform.ts';
import { readOperation, waitForOperation } from '../../ledger/reads/read.ts';
import { peopleFields } from '../../operations/fields/people.ts';
import { type Operation, targetParameters } from '../../operations/operation.ts';
import { defineEndpoint, type Endpoint } from '../endpoint.ts';
import { defineKeyedEndpoint } from '../keyed-endpoint.ts';
import type { Role } from '../roles.ts';

export const getOperation = defineEndpoint({
  name: 'getOperation',
  summary: 'An operation and its outcome',
  method: 'GET',
  path: 'operations/{operationId}',
  success: { status: 200, description: 'The operation', schema: operationSchema },
  errors: ['operationNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { operationId }) => readOperation(ledger, operationId),

  async handle(_app, { resource }) {
    return { body: resource };
  },
});

const location = { 'Operation-Location': 'URL of the operation, to read its outcome from' };

/** The endpoint of an operation: 202 with the operation, 200 when it has settled, a problem when ACS refused it. */
export function operationEndpoint(operation: Operation): Endpoint {
  const { name, summary, method, path, input, example, target } = operation;
  const schema: z.ZodType<OperationResource> = z.intersection(
    operationSchema,
    z.looseObject({ name: z.literal(name), result: resultSchema(operation).optional() }),
  );
  return defineKeyedEndpoint({
    name,
    summary,
    method,
    path,
    body: input,
    example,
    success: [
      { status: 202, description: 'ACS accepted the operation; it settles later', schema, headers: location },
      { status: 200, description: 'The operation has settled', schema, headers: location },
    ],
    errors: errorsOf(operation),
    roles: [roleOf(operation)],
    waits: true,

    async handle(app, { path: { [targetParameters[target] ?? '']: targetId, ...inPath }, ...request }) {
      const { fields, errors, idempotencyKey, waitSeconds } = request;
      const performed = await perform(app.ledger, {
        operation,
        input: { ...fields, ...inPath },
        errors,
        ...(targetId !== undefined && { targetId }),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
      if (performed.refusal) {
        throw refusalOf(performed, performed.refusal);
      }
      const { replayed } = performed;
      const current =
        waitSeconds > 0 ? await waitForOperation(app.ledger, performed.operation, waitSeconds) : performed.operation;
      return {
        body: current,
        status: isSettled(current) ? 200 : 202,
        headers: {
          'operation-location': app.urlOf(`operations/${current.operationId}`),
          ...(replayed && { 'idempotent-replayed': 'true' }),
        },
      };
    },
  });
}

/** The members of a result; of a masked operation it is hidden. */
function resultSchema({ result }: Operation): z.ZodType {
  return result
    ? z
        .object(result)
        .partial()
        .extend({ masked: z.literal(true).optional() })
    : z.never();
}

const errorsOfTarget: Readonly<Record<Operation['target'], readonly ErrorCode[]>> = {
  newCall: [],
  call: ['callNotFound', 'callEnded', 'callNotConnected'],
  incomingCall: ['incomingCallNotFound', 'callNotAnswerable'],
  recording: ['recordingNotFound', 'recordingDeleted'],
};

/** The problems of an operation follow from its literal: what it acts on, and what may be in its way. */
function errorsOf({ target, media, otherCall, recordingStep, input, redirects }: Operation): ErrorCode[] {
  const ofRecording: readonly ErrorCode[] =
    recordingStep === undefined
      ? []
      : recordingStep === 'start'
        ? ['recordingRunning', 'recordingLimit']
        : [
            recordingSteps[recordingStep].otherwise,
            ...(recordingStep === 'pause' ? (['recordingLimit'] as const) : []),
          ];
  return [
    ...errorsOfTarget[target],
    ...(otherCall ? (['callNotFound'] as const) : []),
    ...(media ? (['mediaConflict'] as const) : []),
    ...ofRecording,
    ...(redirects ? (['limitReached'] as const) : []),
    ...(peopleFields(input).length > 0 ? (['notSupported'] as const) : []),
    'acsRefused',
    'operationInProgress',
  ];
}

function roleOf({ recordingStep }: Operation): Role {
  return recordingStep === 'delete' ? 'Recordings.Delete' : 'Calls.Operate';
}

function refusalOf({ operation }: Performed, refusal: NonNullable<Performed['refusal']>): AppError {
  const { operationId } = operation;
  if (refusal.isOvertaken) {
    return new AppError('callNotAnswerable', refusal.message, { operationId, acsCode: refusal.code });
  }
  return new AppError('acsRefused', refusal.message, {
    operationId,
    acsStatus: refusal.status,
    acsCode: refusal.code,
    ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
  });
}
