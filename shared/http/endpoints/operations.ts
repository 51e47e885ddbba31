/** Operations: each literal of the table becomes an endpoint, whose requests are performed as commands of the ledger. */
import * as z from 'zod';
import { requestedBy } from '../../access/caller.ts';
import { acsCodesOf } from '../../calls/acs-codes.ts';
import {
  isSettled,
  isUnsuccessful,
  type Operation as OperationResource,
  operationSchema,
  operationStatusSchema,
  unsuccessfulStatuses,
} from '../../calls/operation-life/operation-record.ts';
import { recordingSteps } from '../../calls/recording/recording-steps.ts';
import { AppError, type ErrorCode, invalidInput } from '../../errors.ts';
import { type Performed, perform } from '../../ledger/commands/perform.ts';
import { storedOperation } from '../../ledger/reads/operations.ts';
import { readOperation, waitForOperation } from '../../ledger/reads/read.ts';
import { peopleFields } from '../../operations/fields/people.ts';
import { operations } from '../../operations/index.ts';
import { type Operation, targetParameters } from '../../operations/operation.ts';
import type { RowPage } from '../../storage/page.ts';
import { periodFilters } from '../call-search.ts';
import { defineEndpoint, type Endpoint } from '../endpoint.ts';
import { defineKeyedEndpoint } from '../keyed-endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage } from '../page.ts';
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

const operationNames = operations.map(({ name }) => name);

export const listOperations = defineList({
  name: 'listOperations',
  summary: 'The operations of a call, or those over all calls that did not succeed, newest first',
  path: 'operations',
  filters: {
    callId: z.uuid().toLowerCase().optional().meta({ description: 'All of this call to which ACS has responded' }),
    status: operationStatusSchema
      .optional()
      .meta({ description: `Without \`callId\` one of ${unsuccessfulStatuses.join(', ')}` }),
    name: z.enum(operationNames).optional().meta({ description: 'The operation by its name' }),
    ...periodFilters('createdAfter', 'createdBefore'),
  },
  items: operationSchema,
  roles: ['Calls.Read'],

  async handle({ ledger }, { filters: { callId, status, name, createdAfter, createdBefore }, limit, position }) {
    if (callId === undefined && status !== undefined && !isUnsuccessful(status)) {
      const message = `expected one of ${unsuccessfulStatuses.join(', ')}, or a callId`;
      throw invalidInput([{ path: 'status', message }]);
    }
    const period = { after: createdAfter, before: createdBefore };
    const list = (count: number, from: string | undefined): Promise<RowPage<{ readonly operationId: string }>> =>
      callId === undefined
        ? ledger.operationIndex.list({ status, name }, period, count, from)
        : ledger.calls.listOperations(callId, period, count, from);
    const read = async ({ operationId }: { readonly operationId: string }) => {
      const operation = await storedOperation(ledger, operationId);
      const isWanted =
        (status === undefined || operation?.status === status) && (name === undefined || operation?.name === name);
      return isWanted ? operation : undefined;
    };
    return fillPage(list, read, limit, position);
  },
});

const location = { 'Operation-Location': 'URL of the operation, to read its outcome from' };

/** The endpoints of an operation: its own, and the one whose path names a participant by its id. */
export function operationEndpoints(operation: Operation): readonly Endpoint[] {
  const { name, summary, byParticipantId } = operation;
  const schema = operation.result ? resourceOf(operation.result) : operationSchema;
  const byId = byParticipantId && {
    ...byParticipantId,
    name: `${name}ById`,
    summary: `${summary}; the path has the participantId`,
    example: {},
  };
  return [operation, ...(byId ? [byId] : [])].map((route) => operationEndpoint(operation, route, schema));
}

/** A route of an operation, with the input that its body has. */
type Route = Pick<Operation, 'name' | 'summary' | 'method' | 'path' | 'input' | 'example'>;

const inPath = { path: 'participant', message: 'unknown field: the path names the participant' };

/** 202 with the operation, 200 when it has settled, a problem when ACS refused it. */
function operationEndpoint(operation: Operation, route: Route, schema: z.ZodType<OperationResource>): Endpoint {
  const { target } = operation;
  const isByParticipantId = route !== operation;
  return defineKeyedEndpoint({
    name: route.name,
    summary: route.summary,
    method: route.method,
    path: route.path,
    body: route.input,
    example: route.example,
    success: [
      { status: 202, description: 'accepted by ACS, settles later', schema, headers: location },
      { status: 200, description: 'settled', schema, headers: location },
    ],
    errors: [...errorsOf(operation), ...(isByParticipantId ? (['participantNotFound'] as const) : [])],
    roles: [roleOf(operation)],
    waits: true,

    async handle(app, { path: { [targetParameters[target] ?? '']: targetId, participantId }, ...request }) {
      const { fields, errors, idempotencyKey, waitSeconds } = request;
      const performed = await perform(app.ledger, {
        operation,
        input: isByParticipantId ? { ...fields, participant: participantId } : fields,
        errors: isByParticipantId && fields.participant !== undefined ? [...errors, inPath] : errors,
        isByParticipantId,
        ...requestedBy(app.caller),
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

/** The operations that have this result, with its members; of a masked one it is hidden. */
function resourceOf(members: z.ZodObject): z.ZodType<OperationResource> {
  const masked = z.literal(true).optional();
  const result = members.partial().extend({ masked }).optional();
  const names = operations.filter((one) => one.result === members).map(({ name }) => name);
  const [first = ''] = names;
  const id = members.meta()?.id ?? `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return z.intersection(operationSchema, z.object({ name: z.enum(names), result })).meta({ id: `${id}Operation` });
}

const errorsOfTarget: Readonly<Record<Operation['target'], readonly ErrorCode[]>> = {
  newCall: [],
  call: ['callNotFound', 'callEnded', 'callNotConnected'],
  incomingCall: ['incomingCallNotFound', 'callNotAnswerable'],
  recording: ['recordingNotFound', 'recordingDeleted'],
};

/** The problems of an operation follow from its literal: what it acts on, and what may be in its way. */
function errorsOf({ target, media, otherCall, recordingStep, input, redirects }: Operation): ErrorCode[] {
  const people = peopleFields(input);
  const isDialing = people.some(({ role }) => role === 'called');
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
    ...(redirects || target === 'newCall' || isDialing ? (['limitReached'] as const) : []),
    ...(people.length > 0 ? (['notSupported'] as const) : []),
    ...(otherCall || isDialing ? (['destinationNotAllowed'] as const) : []),
    'acsRefused',
    'operationInProgress',
  ];
}

function roleOf({ recordingStep }: Operation): Role {
  return recordingStep === 'delete' ? 'Recordings.Delete' : 'Calls.Operate';
}

function refusalOf({ operation }: Performed, refusal: NonNullable<Performed['refusal']>): AppError {
  const { operationId } = operation;
  const details = { operationId, ...acsCodesOf(refusal) };
  if (refusal.overtaken !== undefined) {
    return new AppError('callNotAnswerable', refusal.overtaken, details);
  }
  return new AppError('acsRefused', refusal.acsMessage, {
    ...details,
    ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
  });
}
