/** Turns failures into RFC 9457 problem documents; the only place that knows which code is which status. */
import type { HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { AppError, type ErrorCode } from '../errors.ts';
import { jsonText } from './reply.ts';

/** HTTP status and title of each error code. `acsRefused` has the status that ACS gave, see `statusOf`. */
export const problems: Readonly<Record<ErrorCode, readonly [status: number, title: string]>> = {
  invalidJson: [400, 'The body is not JSON'],
  unauthorized: [401, 'Not authorized'],
  callNotFound: [404, 'Call not found'],
  incomingCallNotFound: [404, 'Incoming call not found'],
  operationNotFound: [404, 'Operation not found'],
  participantNotFound: [404, 'Participant not found'],
  routingRuleNotFound: [404, 'Routing rule not found'],
  recordingNotFound: [404, 'Recording not found'],
  recordingNotReady: [404, 'The recording is not in the archive'],
  recordingChunkNotFound: [404, 'The recording has no such file'],
  webhookNotFound: [404, 'Webhook not found'],
  sequenceNotFound: [404, 'Sequence not found'],
  callNotConnected: [409, 'The call is in another state'],
  callNotAnswerable: [409, 'The incoming call is in another state'],
  mediaConflict: [409, 'Another media operation is in the way'],
  tooManyWebhooks: [409, 'Too many webhooks'],
  conflict: [409, 'Conflict'],
  recordingRunning: [409, 'The call is being recorded'],
  recordingNotRunning: [409, 'The recording is in another state'],
  recordingNotPaused: [409, 'The recording is in another state'],
  recordingNotStopped: [409, 'The recording is in another state'],
  recordingLimit: [409, 'A limit is reached'],
  sequenceEnded: [409, 'The sequence has ended'],
  callEnded: [410, 'The call has ended'],
  recordingDeleted: [410, 'The recording was deleted'],
  bodyTooLarge: [413, 'The body is too large'],
  unsupportedMediaType: [415, 'Unsupported media type'],
  rangeNotSatisfiable: [416, 'The file has none of these bytes'],
  invalidInput: [422, 'Invalid input'],
  notSupported: [422, 'ACS does not support this'],
  idempotencyKeyReused: [422, 'Idempotency-Key reused'],
  limitReached: [429, 'A limit is reached'],
  acsRefused: [502, 'ACS refused the operation'],
  acsUnreachable: [502, 'ACS did not answer'],
  operationInProgress: [503, 'The operation is in progress'],
  storageUnavailable: [503, 'Storage is unavailable'],
};

/** The problem document. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    correlationId: z.string().meta({ description: 'Quote it when you report the problem' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Everything that is wrong with the request, by JSON path, parameter or header' }),
    operationId: z.uuid().optional().meta({ description: 'The operation that ACS refused' }),
    blockingOperationId: z.uuid().optional().meta({ description: 'The operation that is in the way' }),
    acsCode: z.string().optional(),
    acsSubCode: z.number().optional(),
  })
  .meta({ id: 'Problem' });

/** The problem response of a failure. One that is no AppError is a defect: its response has the correlation id only. */
export function problemOf(error: unknown, correlationId: string): HttpResponseInit {
  if (!(error instanceof AppError)) {
    const detail = 'The app failed to handle the request. Quote the correlationId when you report it.';
    return problemResponse(500, { title: 'Internal error', detail, code: 'internalError', correlationId });
  }
  const { acsStatus, retryAfterSeconds, lengthBytes, ...details } = error.details;
  const [defaultStatus, title] = problems[error.code];
  const status = statusOf(error, defaultStatus);
  const retryAfter = retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined);
  const document = { title, detail: error.message, code: error.code, correlationId, ...details };
  return problemResponse(status, document, {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(lengthBytes !== undefined && { 'content-range': `bytes */${lengthBytes}` }),
  });
}

/** 401 and 403 from ACS are the app's configuration and 5xx are ACS's trouble, not the caller's: all are a bad gateway. */
function statusOf(error: AppError, status: number): number {
  const { acsStatus } = error.details;
  const isCallers =
    acsStatus !== undefined && acsStatus >= 400 && acsStatus < 500 && acsStatus !== 401 && acsStatus !== 403;
  return error.code === 'acsRefused' && isCallers ? acsStatus : status;
}

function problemResponse(
  status: number,
  document: Record<string, unknown>,
  headers: Record<string, string> = {},
): HttpResponseInit {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: jsonText({ type: 'about:blank', status, ...document }),
  };
}
