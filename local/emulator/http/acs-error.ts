/** Refusals in the shape of ACS: `{"error": {"code", "message"}}` (CommunicationErrorResponse). */

/** A refusal that is sent as it is. `code` is ACS's `error.code`, mostly a sub-code such as 8522. */
export class AcsError extends Error {
  readonly status: number;
  readonly code: string;
  /** The member of the request that is refused; ACS names it for some refusals only. */
  readonly target: string | undefined;

  constructor(status: number, code: string, message: string, target?: string) {
    super(message);
    this.name = 'AcsError';
    this.status = status;
    this.code = code;
    this.target = target;
  }

  get body(): { error: { code: string; message: string; target?: string } } {
    const { code, message, target } = this;
    return { error: { code, message, ...(target !== undefined && { target }) } };
  }
}

/** 400/8523: an argument that ACS does not take. */
export function invalidArgument(message: string): AcsError {
  return new AcsError(400, '8523', message);
}

/** 404/8522 with the text that the service was recorded to send. */
export function callNotFound(): AcsError {
  return new AcsError(404, '8522', 'Call not found.');
}

/** 501: the emulator names what it does not implement, rather than answer something plausible. */
export function notImplemented(what: string): AcsError {
  return new AcsError(501, 'NotImplemented', `The emulator does not implement ${what}.`);
}
