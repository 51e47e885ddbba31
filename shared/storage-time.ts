/**
 * How long storage may take. A request that a client waits for has one budget for everything that it does with storage; the
 * time of ACS does not count. When the budget is used up, whatever the request still does with storage is aborted, and it
 * must not ask ACS any more: its client is about to get a 503, or already has it. Work without a client has the same time for
 * each of its requests to storage.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from './errors.ts';

/** The time that storage has left to answer one client. The clock runs while at least one request to storage is open. */
interface Budget {
  readonly limitMs: number;
  usedMs: number;
  open: number;
  runningSince: number;
  isUsedUp: boolean;
}

const budgets = new AsyncLocalStorage<Budget>();

/** Runs work that a client waits for, with a budget of its own. */
export function whileClientWaits<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  return budgets.run({ limitMs, usedMs: 0, open: 0, runningSince: 0, isUsedUp: false }, work);
}

/** Runs work that outlives the request that starts it: nothing of the request's time is left then. */
export function withoutClient<T>(work: () => T): T {
  return budgets.exit(work);
}

/**
 * Waits for a request to storage, or for others that wait for storage, within a limit and within the budget. Throws the
 * app's 503 when the time is over, and aborts the request.
 */
export async function inStorageTime<T>(limitMs: number, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const budget = budgets.getStore();
  const leftMs = budget ? leftOf(budget) : Number.POSITIVE_INFINITY;
  if (leftMs <= 0) {
    throw tooLate();
  }
  const controller = new AbortController();
  const expiry = Promise.withResolvers<never>();
  const expire = () => {
    if (budget && leftMs <= limitMs) {
      budget.isUsedUp = true;
    }
    controller.abort();
    expiry.reject(tooLate());
  };
  const allowedMs = Math.min(limitMs, leftMs);
  const timer = Number.isFinite(allowedMs) ? setTimeout(expire, allowedMs) : undefined;
  const stop = budget && start(budget);
  try {
    return await Promise.race([request(controller.signal), expiry.promise]);
  } finally {
    clearTimeout(timer);
    stop?.();
  }
}

/** Waits for earlier work, which may be waiting for storage; in a request only as long as its budget lasts. */
export async function afterOthers(earlier: Promise<unknown>): Promise<void> {
  await inStorageTime(Number.POSITIVE_INFINITY, () => Promise.allSettled([earlier]));
}

/** The least part of its budget with which a request may still ask ACS: the response must be stored afterwards. */
const leastLeft = 1 / 4;

/** Throws the app's 503 when storage took so long that ACS must not be asked any more. */
export function checkStorageTime(): void {
  const budget = budgets.getStore();
  if (budget && leftOf(budget) < budget.limitMs * leastLeft) {
    throw tooLate();
  }
}

function leftOf({ limitMs, usedMs, open, runningSince, isUsedUp }: Budget): number {
  return isUsedUp ? 0 : limitMs - usedMs - (open > 0 ? performance.now() - runningSince : 0);
}

/** Starts the clock unless it runs already; the returned function stops it when no other request is open. */
function start(budget: Budget): () => void {
  if (budget.open === 0) {
    budget.runningSince = performance.now();
  }
  budget.open += 1;
  return () => {
    budget.open -= 1;
    if (budget.open === 0) {
      budget.usedMs += performance.now() - budget.runningSince;
    }
  };
}

function tooLate(): AppError {
  return new AppError(
    'storageUnavailable',
    'Storage did not answer in time. Retry the request, with the same Idempotency-Key if it has one.',
  );
}
