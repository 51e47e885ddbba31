/**
 * The operations that this process has answered with 503 before it asked ACS. Their intents may be stored although their
 * acknowledgements never arrived: each is marked as withdrawn as soon as storage responds, so that no process performs it
 * unless its caller comes back.
 */

import { withoutClient } from '../../storage-time.ts';

export interface Withdrawals {
  /** Withdraws an attempt. */
  add(operationId: string, attemptId: string): void;
  /** Whether this attempt is withdrawn: a later one may have asked ACS. */
  has(operationId: string, attemptId: string): boolean;
  /** Its caller has come back. */
  remove(operationId: string): void;
}

/** Marks an attempt in storage; true when that is done, or another attempt has replaced it. */
type Mark = (operationId: string, attemptId: string) => Promise<boolean>;

const retryMs = 1000;

/** Opens the list. `forSeconds` is how long the intent of an attempt may still turn up in storage. */
export function openWithdrawals(mark: Mark, forSeconds: number): Withdrawals {
  const withdrawn = new Map<string, string>();
  const attempt = async (operationId: string, attemptId: string, until: number): Promise<void> => {
    const isOver = withdrawn.get(operationId) !== attemptId || Date.now() > until;
    // A failure is storage that is still unavailable: the next attempt is the retry.
    if (isOver || (await mark(operationId, attemptId).catch(() => false))) {
      withdrawn.delete(operationId);
    } else {
      later(operationId, attemptId, until);
    }
  };
  const later = (operationId: string, attemptId: string, until: number): void => {
    // Its request has used up its time for storage.
    setTimeout(() => void withoutClient(() => attempt(operationId, attemptId, until)), retryMs).unref();
  };
  return {
    add(operationId, attemptId) {
      withdrawn.set(operationId, attemptId);
      later(operationId, attemptId, Date.now() + forSeconds * 1000);
    },
    has: (operationId, attemptId) => withdrawn.get(operationId) === attemptId,
    remove: (operationId) => void withdrawn.delete(operationId),
  };
}
