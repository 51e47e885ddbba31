/** What callers prefer, in headers: a key under which they may ask again, and how long they wait. */
import type { HttpRequest } from '@azure/functions';
import type { FieldError } from '../errors.ts';
import { isUuid } from './path.ts';

/** What a caller asks for in headers. A header that is wrong counts as absent, and is among the errors. */
export interface Preferences {
  readonly idempotencyKey?: string;
  readonly waitSeconds: number;
  readonly errors: readonly FieldError[];
}

/** Reads `Idempotency-Key` and `Prefer: wait`. */
export function readPreferences(request: HttpRequest, maxWaitSeconds: number): Preferences {
  const key = request.headers.get('idempotency-key');
  const isKey = key === null || isUuid(key);
  const wait = /(?:^|[,;\s])wait\s*=\s*"?([^",;\s]+)/i.exec(request.headers.get('prefer') ?? '')?.[1];
  const waitSeconds = Number(wait ?? 0);
  const isWait = Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= maxWaitSeconds;
  return {
    waitSeconds: isWait ? waitSeconds : 0,
    ...(key !== null && isKey && { idempotencyKey: key.toLowerCase() }),
    errors: [
      ...(isKey ? [] : [{ path: 'Idempotency-Key', message: 'expected a UUID' }]),
      ...(isWait ? [] : [{ path: 'Prefer', message: `expected wait=0 to wait=${maxWaitSeconds}, in seconds` }]),
    ],
  };
}
