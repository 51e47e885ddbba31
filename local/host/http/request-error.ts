/** A request that the host itself refuses, before any function runs. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** Azure's refusals have no body; a message is for those that only this host has. */
  constructor(status: number, message = '', headers: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.headers = headers;
  }
}
