/** The request headers of endpoints that take an Idempotency-Key: that key, and how long the caller waits for the outcome. */
import type { FieldError } from '../errors.ts';
import { isUuid } from '../uuid.ts';

/** What a caller gives in headers. An invalid header counts as absent, and is among the errors. */
export interface Preferences {
  readonly idempotencyKey?: string;
  readonly waitSeconds: number;
  /** What is honoured of `Prefer`, as `Preference-Applied` states it. */
  readonly applied?: string;
  readonly errors: readonly FieldError[];
}

/** Reads `Idempotency-Key`, and `Prefer: wait` up to the longest wait; an endpoint that grants none ignores it. */
export function readPreferences(headers: Headers, maxWaitSeconds: number | undefined): Preferences {
  const key = headers.get('idempotency-key');
  const isKey = key === null || isUuid(key);
  const prefer = maxWaitSeconds === undefined ? null : headers.get('prefer');
  const wait = /(?:^|[,;\s])wait\s*=\s*"?([^",;\s]+)/i.exec(prefer ?? '')?.[1];
  const waitSeconds = Number(wait ?? 0);
  const isWait = Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= (maxWaitSeconds ?? 0);
  return {
    waitSeconds: isWait ? waitSeconds : 0,
    ...(wait !== undefined && isWait && { applied: `wait=${waitSeconds}` }),
    ...(key !== null && isKey && { idempotencyKey: key.toLowerCase() }),
    errors: [
      ...(isKey ? [] : [{ path: 'Idempotency-Key', message: 'expected a UUID' }]),
      ...(isWait ? [] : [{ path: 'Prefer', message: `expected wait=0 to wait=${maxWaitSeconds}, in seconds` }]),
    ],
  };
}
