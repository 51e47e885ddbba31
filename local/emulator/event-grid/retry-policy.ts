/**
 * When Event Grid retries a delivery, by the kind of destination and its response. Source: learn.microsoft.com,
 * "Event Grid message delivery and retry", read on 30 November 2026.
 */

import type { EndpointType } from './subscription.ts';

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The delays between attempts; afterwards Event Grid retries every 12 hours. */
const DELAYS_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
];

/** Responses after which Event Grid does not retry. A function and a queue are Azure resources to it. */
const PERMANENT: Readonly<Record<EndpointType, readonly number[]>> = {
  WebHook: [400, 401, 403, 413],
  AzureFunction: [400, 403, 413],
  StorageQueue: [400, 403, 413],
};

/** The least delay after a response. */
const LEAST_MS: Readonly<Record<number, number>> = { 408: 2 * MINUTE_MS, 503: 30 * SECOND_MS };

/** The least delay after a response of an Azure resource, whose access may still be in preparation. */
const LEAST_OF_RESOURCE_MS: Readonly<Record<number, number>> = { 401: 5 * MINUTE_MS, 404: 5 * MINUTE_MS };

/**
 * How long Event Grid waits before the next attempt; undefined when it makes none. `attempt` counts from 0, `status` is
 * undefined when there was no response. Event Grid adds jitter to each wait; the emulator does not.
 */
export function retryDelayMs(type: EndpointType, status: number | undefined, attempt: number): number | undefined {
  const scheduledMs = DELAYS_MS[attempt] ?? 12 * HOUR_MS;
  if (status === undefined) {
    return scheduledMs;
  }
  if (PERMANENT[type].includes(status)) {
    return undefined;
  }
  const leastMs = LEAST_MS[status] ?? (type === 'WebHook' ? undefined : LEAST_OF_RESOURCE_MS[status]);
  return Math.max(scheduledMs, leastMs ?? 0);
}
