/**
 * Events that can never be processed, because of what is in them. Each is logged, counted for an alert and acknowledged: one
 * that failed would be delivered again for as long as its sender retries, and hold up the events beside it.
 */
import { ZodError } from 'zod';
import { AppError, errorName, StorageRejected } from './errors.ts';
import type { Log } from './log.ts';
import { measureRefusedEvent } from './telemetry/metrics.ts';

/** What a refusal is logged under. */
export interface EventIdentity {
  /** The kind of the event: one of a closed list, since metrics are kept by it. */
  readonly event: string;
  readonly eventId: string;
  readonly callId?: string;
}

let lastRefusalMs = Number.NEGATIVE_INFINITY;

/** Reports an event that is refused. */
export function refuseEvent(log: Log, identity: EventIdentity, reason: string): void {
  log.eventRefused({ ...identity, reason });
  measureRefusedEvent(identity.event);
  lastRefusalMs = Date.now();
}

/** Whether this process has refused an event within the last minutes. */
export function hasRefusedEvent(minutes: number): boolean {
  return Date.now() - lastRefusalMs < minutes * 60_000;
}

/** Processes an event. Throws what a redelivery may mend, such as unavailable storage; anything else refuses the event. */
export async function refusingInvalid(log: Log, identity: EventIdentity, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isPermanent(error)) {
      throw error;
    }
    refuseEvent(log, identity, reasonOf(error));
  }
}

/** The problems that are over after a while, whatever the event is. */
const temporary: readonly AppError['code'][] = ['storageUnavailable', 'acsUnreachable', 'operationInProgress'];

function isPermanent(error: unknown): boolean {
  if (error instanceof AppError) {
    return !temporary.includes(error.code);
  }
  // A TypeError with a cause is that of a `fetch` without an answer.
  const isDefect = error instanceof TypeError && error.cause === undefined;
  return isDefect || [ZodError, StorageRejected, RangeError, URIError].some((kind) => error instanceof kind);
}

/** JSON paths with what was expected there, or the name of the error: values of the event may be personal data. */
export function reasonOf(error: unknown): string {
  return error instanceof ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : errorName(error);
}
