/** The meaning of a request that a storage service did not perform, the same for tables, blobs and queues. */
import { RestError } from '@azure/core-rest-pipeline';
import { AppError, StorageRejected } from '../errors.ts';

/** The statuses of a request that is wrong or too large: the same request never succeeds. */
const permanent: readonly number[] = [400, 413, 414];

/** The error of a failure: a defect as it is, a rejection, or the app's 503. A missing token is as good as an outage. */
export function failureOf(error: unknown, service: string): unknown {
  if (
    error instanceof AppError ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof URIError
  ) {
    return error;
  }
  if (error instanceof RestError && permanent.includes(error.statusCode ?? 0)) {
    return new StorageRejected(`${service} rejects the request: ${codeOf(error)}.`, { cause: error });
  }
  return new AppError(
    'storageUnavailable',
    `${service} is unavailable. Retry the request, with the same Idempotency-Key if it has one.`,
    {},
    { cause: error },
  );
}

/** The code of the service is a property of a single request's error, and inside the details of a batch's. */
export function codeOf(error: RestError): string | undefined {
  const details: unknown = error.details;
  const odata =
    typeof details === 'object' && details !== null && 'odataError' in details ? details.odataError : undefined;
  const nested = typeof odata === 'object' && odata !== null && 'code' in odata ? String(odata.code) : undefined;
  return error.code ?? nested;
}
