/** Storage requests that have to succeed: repeated until storage answers, so that no work is stranded by an outage. */

import { systemClock } from '../../clock.ts';
import { messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';

const shortestDelayMs = 100;
const longestDelayMs = 5000;

/** The row was not as expected: it is there already, has been changed, or is gone. */
export const conflict = Symbol('conflict');

/** Resolves with the answer, or with `conflict`. Rejects what can never succeed, and all when the host stops. */
export type Persist = <T>(request: () => Promise<T>) => Promise<T | typeof conflict>;

/** Retries with growing delays until `stopped` aborts. */
export function persistUntil(stopped: AbortSignal, log: Log): Persist {
  return async (request) => {
    for (let delayMs = shortestDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      try {
        return await request();
      } catch (error) {
        if (isConflict(error)) {
          return conflict;
        }
        await pause(error, delayMs);
      }
    }
  };

  /** Waits before the next attempt; throws the error when there is to be none. */
  async function pause(error: unknown, delayMs: number): Promise<void> {
    if (isHopeless(error)) {
      throw error;
    }
    log('warning', 'Host.Durable', `Storage did not answer a request, which is repeated: ${messageOf(error)}`);
    if (!(await systemClock.sleep(delayMs, stopped))) {
      throw error;
    }
  }
}

/** 404 for a row that is gone, 409 for one that is there, 412 for one that has changed; a missing table is none. */
function isConflict(error: unknown): boolean {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  return [404, 409, 412].some((status) => status === statusCode) && code !== 'TableNotFound';
}

/** 400 and 413: the request itself is wrong, for example a key that is too long. */
function isHopeless(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: unknown };
  return statusCode === 400 || statusCode === 413;
}
