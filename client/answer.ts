/** What a request was answered, as a value or an exception. */
import type { Problem } from './client.ts';

/** What `GET`, `POST`, `PUT` … of a client resolve to. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** A request that was refused, with the problem document; a host that is not Switchboard may answer without one. */
export class SwitchboardError extends Error {
  override readonly name = 'SwitchboardError';
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor({ error, response }: Answer<unknown>) {
    const problem = isProblem(error) ? error : undefined;
    super(problem?.detail ?? `The API answered ${response.status} without a problem document.`);
    this.status = response.status;
    this.problem = problem;
  }
}

/** The body of a success. Throws a SwitchboardError for anything else. */
export function dataOf<Data>(answer: Answer<Data>): Data {
  if (answer.data === undefined) {
    throw new SwitchboardError(answer);
  }
  return answer.data;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}
