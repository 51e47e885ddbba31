/** Answers of the management API, as Azure's extension gives them: JSON, or nothing but a status. */

import type { ServerResponse } from 'node:http';

/** Answers with a status and, unless `value` is left out, JSON. */
export function answer(response: ServerResponse, status: number, value?: unknown): void {
  const body = value === undefined ? '' : JSON.stringify(value);
  response.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    ...(value !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
  });
  response.end(body);
}

/** Why a request is not carried out: a status and, if Azure's extension sends one, a JSON body. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body?: unknown) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** A refusal with a message, and the error behind it if there is one; the stack trace of .NET is left out. */
export function refusal(status: number, message: string, reason?: string): Refusal {
  return new Refusal(status, { Message: message, ...(reason !== undefined && { ExceptionMessage: reason }) });
}

/** The refusal for errors that the extension does not handle. */
export function failure(reason: string): Refusal {
  return refusal(500, 'Something went wrong while processing your request', reason);
}
