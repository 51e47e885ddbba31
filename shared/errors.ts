/** The app's error class: an invalid request, or a dependency that is unavailable, identified by a code. */

export type ErrorCode =
  | 'invalidJson'
  | 'unauthorized'
  | 'forbidden'
  | 'identityUnavailable'
  | 'apiKeyNotFound'
  | 'apiKeysOff'
  | 'tooManyApiKeys'
  | 'notFound'
  | 'methodNotAllowed'
  | 'preconditionFailed'
  | 'callNotFound'
  | 'incomingCallNotFound'
  | 'operationNotFound'
  | 'participantNotFound'
  | 'routingRuleNotFound'
  | 'tooManyRoutingRules'
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
  | 'deliveryNotFound'
  | 'eventLogOff'
  | 'auditOff'
  | 'webhookDisabled'
  | 'callEnded'
  | 'callNotEnded'
  | 'erasureNotFound'
  | 'callNotConnected'
  | 'callNotAnswerable'
  | 'mediaConflict'
  | 'bodyTooLarge'
  | 'unsupportedMediaType'
  | 'invalidInput'
  | 'notSupported'
  | 'destinationNotAllowed'
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
  /** The field is well-formed: it names what ACS documents that it does not support, or a number that may not be dialed. */
  readonly code?: keyof typeof titles;
}

/** The members of the problem document besides the code; all are optional and public. */
export interface ErrorDetails {
  readonly errors?: readonly FieldError[];
  readonly operationId?: string;
  /** The operation that prevents this one. */
  readonly blockingOperationId?: string;
  /** The status of ACS's response. */
  readonly acsCode?: number;
  readonly acsSubCode?: number;
  readonly acsMessage?: string;
  readonly retryAfterSeconds?: number;
  /** Length of the file whose range was requested. */
  readonly lengthBytes?: number;
  /** How to authenticate, as the header WWW-Authenticate. */
  readonly challenge?: string;
  /** The methods of the path, where the one of the request is none of them. */
  readonly allow?: string;
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

const titles = {
  notSupported: 'ACS does not support what',
  destinationNotAllowed: 'The limits do not allow the number that',
} as const;

/** `targets[1]`, `locator.kind`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') {
      return `${text}[${part}]`;
    }
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/**
 * The 422 that lists every invalid field of a request at once, under a code of its own when that is all that is wrong. What two
 * checks find alike is listed once.
 */
export function invalidInput(found: readonly FieldError[]): AppError {
  const all = [...new Map(found.map((error) => [`${error.path}\n${error.message}`, error])).values()];
  const fields = all.map(({ path }) => path || 'body').join(', ');
  const errors = all.map(({ path, message }) => ({ path, message }));
  const [code, ...others] = [...new Set(all.map((error) => error.code))];
  return code !== undefined && others.length === 0
    ? new AppError(code, `${titles[code]} ${all.length} field(s) name: ${fields}.`, { errors })
    : new AppError('invalidInput', `The request has ${all.length} invalid field(s): ${fields}.`, { errors });
}
