/** One request to ACS with its result: a response, a refusal, or silence, when no response arrived in time. */
import { RestError } from '@azure/core-rest-pipeline';

/** ACS's 4xx or 5xx response: its status, and the numeric code and the message of its error body. */
export interface AcsRefusal {
  readonly kind: 'refused';
  readonly acsCode: number;
  /** Absent where the error body has none, or one that is a word. */
  readonly acsSubCode?: number;
  readonly acsMessage: string;
  readonly retryAfterSeconds?: number;
  /** Another request got there first: ACS refuses what it has already done for that one. States which. */
  readonly overtaken?: string;
}

/** The result of a request. After `silence` it is unknown whether ACS acted on it. */
export type Exchange<T> = { readonly kind: 'answered'; readonly answer: T } | AcsRefusal | { readonly kind: 'silence' };

/** Makes a request. Failures of ACS and of the network are results; anything else is a bug of Switchboard and is thrown. */
export async function exchange<T>(request: () => Promise<T>): Promise<Exchange<T>> {
  try {
    return { kind: 'answered', answer: await request() };
  } catch (error) {
    if (error instanceof RestError && error.statusCode !== undefined) {
      return refusalOf(error, error.statusCode);
    }
    if (isSilence(error)) {
      return { kind: 'silence' };
    }
    throw error;
  }
}

/** The call is not (or no longer) known to ACS: 404 with code 8522 (ACS-R13). */
export function isGone(refusal: AcsRefusal): boolean {
  return refusal.acsCode === 404;
}

function refusalOf(error: RestError, status: number): AcsRefusal {
  const pause = Number(error.response?.headers.get('retry-after') ?? retryAfterOf(error.details));
  return {
    kind: 'refused',
    acsCode: status,
    ...(/^\d+$/.test(error.code ?? '') && { acsSubCode: Number(error.code) }),
    acsMessage: error.message,
    ...(Number.isFinite(pause) && { retryAfterSeconds: pause }),
  };
}

function retryAfterOf(details: unknown): unknown {
  return typeof details === 'object' && details !== null && 'retryAfterSeconds' in details
    ? details.retryAfterSeconds
    : Number.NaN;
}

/** The connection broke (a RestError without status), or the timeout elapsed. */
function isSilence(error: unknown): boolean {
  return error instanceof RestError || (error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name));
}
