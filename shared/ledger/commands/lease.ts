/**
 * The lease of an operation, in its intent: until it is over, its process may be asking ACS, and no other does. Then any
 * process that meets the operation without a response takes it over: a replay of its caller, a reader, housekeeping.
 */
import { randomUUID } from 'node:crypto';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../ledger.ts';

/** A request may take the whole timeout of ACS; the rest is for the storage transactions around it. */
const leasePerTimeout = 1.5;

type Clock = Pick<Ledger, 'acsTimeoutSeconds' | 'now'>;

/** How long a lease lasts. */
export function leaseSeconds({ acsTimeoutSeconds }: Pick<Clock, 'acsTimeoutSeconds'>): number {
  return acsTimeoutSeconds * leasePerTimeout;
}

/** When a lease ends that starts now. */
export function leaseFromNow(ledger: Clock): string {
  return after(ledger.now(), leaseSeconds(ledger));
}

/** When the lease of an attempt ends. */
function leaseEndOf(ledger: Clock, intent: Intent): string {
  return intent.leaseUntil ?? after(intent.createdAt, leaseSeconds(ledger));
}

/** Whether another process may take the operation over. */
export function isLeaseOver(ledger: Clock, intent: Intent): boolean {
  return leaseEndOf(ledger, intent) <= ledger.now();
}

/** When ACS may have been asked first. */
export function firstSentAt({ releasedAt, createdAt }: Intent): string {
  return releasedAt ?? createdAt;
}

/** Whether ACS still recognizes the request by its id, so that a retry makes no second call. */
export function isRepeatable(ledger: Pick<Ledger, 'now' | 'repeatWindowSeconds'>, intent: Intent): boolean {
  return ledger.now() < after(firstSentAt(intent), ledger.repeatWindowSeconds);
}

/** Takes an operation out of the queue, once: undefined when it has left it, or its time to wait is over. */
export function takeQueued(ledger: Clock & Pick<Ledger, 'calls'>, operationId: string): Promise<Intent | undefined> {
  return ledger.calls.changeIntent(operationId, (intent) => {
    if (!isQueued(ledger, intent)) {
      return undefined;
    }
    const { queuedUntil: _, ...released } = renewed(ledger, intent);
    return { ...released, releasedAt: ledger.now() };
  });
}

/** Whether an operation waits for a limit, and its time is not over. */
export function isQueued(ledger: Pick<Ledger, 'now'>, { queuedUntil }: Intent): boolean {
  return queuedUntil !== undefined && queuedUntil > ledger.now();
}

/** Takes the lease of an operation whose lease is over; undefined when another process was faster. Its event is due anew. */
export function takeLease(ledger: Clock & Pick<Ledger, 'calls'>, operationId: string): Promise<Intent | undefined> {
  return ledger.calls.changeIntent(operationId, (intent) =>
    isLeaseOver(ledger, intent) ? renewed(ledger, intent) : undefined,
  );
}

/**
 * Makes sure that the lease covers a request to ACS that starts now. The claim may have taken long; another process that
 * has taken the operation over meanwhile performs it.
 */
export async function ensureLease(ledger: Clock & Pick<Ledger, 'calls'>, intent: Intent): Promise<void> {
  if (leaseEndOf(ledger, intent) >= after(ledger.now(), ledger.acsTimeoutSeconds)) {
    return;
  }
  const renewal = await ledger.calls.changeIntent(intent.operationId, (stored) =>
    stored.attemptId === intent.attemptId ? { ...stored, leaseUntil: leaseFromNow(ledger) } : undefined,
  );
  if (!renewal) {
    throw inProgress(ledger, intent);
  }
}

/** The 503 of a request whose operation another process performs, or has left: which of both is known when its lease is over. */
export function inProgress(ledger: Clock, intent: Intent): AppError {
  const seconds = (Date.parse(leaseEndOf(ledger, intent)) - Date.parse(ledger.now())) / 1000;
  return new AppError(
    'operationInProgress',
    'An earlier request under this key has no response of ACS yet. Retry with the same key: the response is known then, or ' +
      'this app asks ACS for it.',
    { operationId: intent.operationId, retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
  );
}

function renewed(ledger: Clock, intent: Intent): Intent {
  const { withdrawn: _, ...kept } = intent;
  const lastsMs = Date.parse(intent.dueAt) - Date.parse(intent.queuedUntil ?? firstSentAt(intent));
  const dueAt = after(ledger.now(), lastsMs / 1000);
  return { ...kept, dueAt, attemptId: randomUUID(), leaseUntil: leaseFromNow(ledger) };
}

function after(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString();
}
