/** The one error class of the app: what a caller got wrong, or what keeps us from serving them, by code. */

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
  | 'idempotencyKeyReused'
  | 'acsRefused'
  | 'acsUnreachable'
  | 'storageUnavailable'
  | 'sequenceNotFound'
  | 'sequenceEnded'
  | 'conflict';

/** One faulty field of a request: where it is, and what was expected there. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What the problem document tells besides the code; every member is optional and public. */
export interface ErrorDetails {
  readonly errors?: readonly FieldError[];
  readonly operationId?: string;
  /** The operation that is in the way. */
  readonly blockingOperationId?: string;
  readonly acsStatus?: number;
  readonly acsCode?: string;
  readonly acsSubCode?: number;
  readonly retryAfterSeconds?: number;
  /** Of the file of which a range was asked. */
  readonly lengthBytes?: number;
}

/** An expected failure. `message` is shown to the caller: it says what was expected, what came and how to mend it. */
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

/** The name of what was thrown, for a log: a message may hold what people sent. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'not an Error';
}

/** The 422 that lists every faulty field of a request at once. */
export function invalidInput(errors: readonly FieldError[]): AppError {
  const fields = errors.map((error) => error.path || 'body').join(', ');
  return new AppError('invalidInput', `The request has ${errors.length} invalid field(s): ${fields}.`, { errors });
}
