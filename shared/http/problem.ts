/** Turns failures into RFC 9457 problem documents; the only place that knows which code is which status. */
import * as z from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { acsCodes } from '../calls/acs-codes.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { type ApiResponse, jsonText } from './reply.ts';

/** A failure that no code describes: a defect of the app. */
const defect = 'internalError';

/** HTTP status and title of each error code. `acsRefused` has the status that ACS gave, see `statusOf`. */
export const problems: Readonly<Record<ErrorCode | typeof defect, readonly [status: number, title: string]>> = {
  invalidJson: [400, 'The body is not JSON'],
  unauthorized: [401, 'Not authorized'],
  forbidden: [403, 'Not allowed'],
  notFound: [404, 'The API has no such path'],
  callNotFound: [404, 'Call not found'],
  incomingCallNotFound: [404, 'Incoming call not found'],
  operationNotFound: [404, 'Operation not found'],
  participantNotFound: [404, 'Participant not found'],
  routingRuleNotFound: [404, 'Routing rule not found'],
  recordingNotFound: [404, 'Recording not found'],
  recordingNotReady: [404, 'The recording is not in the archive'],
  recordingChunkNotFound: [404, 'The recording has no such file'],
  webhookNotFound: [404, 'Webhook not found'],
  deliveryNotFound: [404, 'Delivery not found'],
  apiKeyNotFound: [404, 'API key not found'],
  sequenceNotFound: [404, 'Sequence not found'],
  erasureNotFound: [404, 'Erasure not found'],
  eventLogOff: [404, 'Events are not logged'],
  auditOff: [404, 'No audit trail is kept'],
  methodNotAllowed: [405, 'The path does not have this method'],
  callNotConnected: [409, 'The call is in another state'],
  callNotEnded: [409, 'The call is not over'],
  callNotAnswerable: [409, 'The incoming call is in another state'],
  mediaConflict: [409, 'Another media operation is in the way'],
  tooManyRoutingRules: [409, 'Too many routing rules'],
  tooManyWebhooks: [409, 'Too many webhooks'],
  tooManyApiKeys: [409, 'Too many API keys'],
  apiKeysOff: [409, 'Callers are not known by API keys'],
  webhookDisabled: [409, 'The webhook is disabled'],
  conflict: [409, 'Conflict'],
  recordingRunning: [409, 'The call is being recorded'],
  recordingNotRunning: [409, 'The recording is in another state'],
  recordingNotPaused: [409, 'The recording is in another state'],
  recordingNotStopped: [409, 'The recording is in another state'],
  recordingLimit: [409, 'A limit is reached'],
  sequenceEnded: [409, 'The sequence has ended'],
  callEnded: [410, 'The call has ended'],
  recordingDeleted: [410, 'The recording was deleted'],
  preconditionFailed: [412, 'The resource has changed'],
  bodyTooLarge: [413, 'The body is too large'],
  unsupportedMediaType: [415, 'Unsupported media type'],
  rangeNotSatisfiable: [416, 'The file has none of these bytes'],
  invalidInput: [422, 'Invalid input'],
  destinationNotAllowed: [422, 'The number may not be dialed'],
  notSupported: [422, 'ACS does not support this'],
  idempotencyKeyReused: [422, 'Idempotency-Key reused'],
  limitReached: [429, 'A limit is reached'],
  acsRefused: [502, 'ACS answered with an error'],
  acsUnreachable: [502, 'ACS did not answer'],
  operationInProgress: [503, 'The operation is in progress'],
  identityUnavailable: [503, 'Microsoft Entra is unavailable'],
  storageUnavailable: [503, 'Storage is unavailable'],
  internalError: [500, 'Internal error'],
};

/** The problem document. */
export const problemSchema = z
  .object({
    type: z.url().meta({ description: 'The paragraph about the code in docs/problems.md' }),
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
    ...acsCodes,
  })
  .meta({ id: 'Problem' });

/** The problem response of a failure. One that is no AppError is a defect: its response has the correlation id only. */
export function problemOf(error: unknown, correlationId: string): ApiResponse {
  if (!(error instanceof AppError)) {
    const detail = 'The app failed to handle the request. Quote the correlationId when you report it.';
    const [status, title] = problems[defect];
    return problemResponse(status, { title, detail, code: defect, correlationId });
  }
  const { retryAfterSeconds, lengthBytes, allow, challenge, ...details } = error.details;
  const [, title] = problems[error.code];
  const status = statusOfProblem(error);
  const retryAfter = retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined);
  const document = { title, detail: error.message, code: error.code, correlationId, ...details };
  return problemResponse(status, document, {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(lengthBytes !== undefined && { 'content-range': `bytes */${lengthBytes}` }),
    ...(allow !== undefined && { allow }),
    ...(status === 401 && { 'www-authenticate': challenge ?? 'Bearer' }),
  });
}

/** The status of the problem that a failure becomes. */
export function statusOfProblem(error: unknown): number {
  return error instanceof AppError ? statusOf(error, problems[error.code][0]) : problems[defect][0];
}

/** 401 and 403 from ACS are the app's configuration and 5xx are ACS's trouble, not the caller's: all are a bad gateway. */
function statusOf(error: AppError, status: number): number {
  const { acsCode } = error.details;
  const isCallers = acsCode !== undefined && acsCode >= 400 && acsCode < 500 && acsCode !== 401 && acsCode !== 403;
  return error.code === 'acsRefused' && isCallers ? acsCode : status;
}

/** The address of the paragraph about a code. */
function typeOf(code: string): string {
  return `${manifest.repository}/blob/HEAD/docs/problems.md#${code}`;
}

function problemResponse(
  status: number,
  document: Record<string, unknown> & { readonly code: string },
  headers: Record<string, string> = {},
): ApiResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: jsonText({ type: typeOf(document.code), status, ...document }),
  };
}
