/** The app's error class: an invalid request, or a dependency that is unavailable, identified by a code. */

export type ErrorCode =
  | 'invalidJson'
  | 'unauthorized'
  | 'callNotFound'
  | 'incomingCallNotFound'
  | 'operationNotFound'
  | 'participantNotFound'
  | 'routingRuleNotFound'
  | 'recordingNotFound'
  | 'recordingNotReady'
  | 'recordingChunkNotFound'
  | 'rangeNotSatisfiable'
  | 'recordingDeleted'
  | 'recordingRunning'
  | 'recordingNotRunning'
  | 'recordingNotPaused'
  | 'recordingNotStopped'
  | 'recordingLimit'
  | 'webhookNotFound'
  | 'tooManyWebhooks'
  | 'callEnded'
  | 'callNotConnected'
  | 'callNotAnswerable'
  | 'mediaConflict'
  | 'bodyTooLarge'
  | 'unsupportedMediaType'
  | 'invalidInput'
  | 'notSupported'
  | 'limitReached'
  | 'idempotencyKeyReused'
  | 'operationInProgress'
  | 'acsRefused'
  | 'acsUnreachable'
  | 'storageUnavailable'
  | 'sequenceNotFound'
  | 'sequenceEnded'
  | 'conflict';

/** One invalid field of a request: its JSON path, and what was expected there. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** The field is well-formed, and names what ACS documents that it does not support. */
  readonly isNotSupported?: true;
}

/** The members of the problem document besides the code; all are optional and public. */
export interface ErrorDetails {
  readonly errors?: readonly FieldError[];
  readonly operationId?: string;
  /** The operation that prevents this one. */
  readonly blockingOperationId?: string;
  readonly acsStatus?: number;
  readonly acsCode?: string;
  readonly acsSubCode?: number;
  readonly retryAfterSeconds?: number;
  /** Length of the file whose range was requested. */
  readonly lengthBytes?: number;
}

/** An expected failure. The caller sees `message`: it states what was expected, what was received and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

/** Storage rejects a request because of what is in it: a retry would be rejected as well, so this is no outage. */
export class StorageRejected extends Error {
  override readonly name = 'StorageRejected';
}

/** The name of an error, for logs: its message may hold personal data. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'not an Error';
}

/** The 422 that lists every invalid field of a request at once; `notSupported` when the request is valid but for that. */
export function invalidInput(all: readonly FieldError[]): AppError {
  const fields = all.map(({ path }) => path || 'body').join(', ');
  const errors = all.map(({ path, message }) => ({ path, message }));
  return all.every(({ isNotSupported }) => isNotSupported)
    ? new AppError('notSupported', `ACS does not support what ${all.length} field(s) name: ${fields}.`, { errors })
    : new AppError('invalidInput', `The request has ${all.length} invalid field(s): ${fields}.`, { errors });
}
