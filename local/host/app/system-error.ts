/** Errors that the programming model distinguishes from the app's own by their `isAzureFunctionsSystemError`. */

/** A call that the host refuses. */
export class SystemError extends Error {
  readonly isAzureFunctionsSystemError = true;
}

/** A name that the host does not know. */
export class SystemRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}
