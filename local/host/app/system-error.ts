/** Errors that the programming model tells apart from the app's own by their `isAzureFunctionsSystemError`. */

export class SystemError extends Error {
  readonly isAzureFunctionsSystemError = true;
}

export class SystemRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}
