/** The metrics that alerts and the workbook read. Without a destination for telemetry nothing is counted. */
import type { InvocationContext } from '@azure/functions';
import { metrics } from '@opentelemetry/api';

/** Made at first use: what is made before the exporters are started counts nothing. */
let made: ReturnType<typeof makeInstruments> | undefined;

function makeInstruments() {
  const meter = metrics.getMeter('acs-switchboard');
  return {
    operation: meter.createHistogram('switchboard.operation.duration', {
      unit: 'ms',
      description: 'From the request for an operation to its outcome',
    }),
    connected: meter.createHistogram('switchboard.incoming_call.to_connected', {
      unit: 'ms',
      description: 'From the IncomingCall event to the connection of the call',
    }),
    openCalls: meter.createGauge('switchboard.calls.open', { description: 'Calls that are not over' }),
    queueAge: meter.createHistogram('switchboard.queue.age', {
      unit: 's',
      description: 'How long a message waited before its first delivery',
    }),
    refusedEvents: meter.createCounter('switchboard.events.refused', {
      description: 'Events that could not be processed and never will, by kind',
    }),
    refusedRequests: meter.createCounter('switchboard.requests.refused', {
      description: 'Requests without a valid credential or without the role that they need, by the code of the problem',
    }),
    deliveries: meter.createCounter('switchboard.deliveries', {
      description: 'Attempts to deliver a notification, by what follows from them',
    }),
    disabledWebhooks: meter.createCounter('switchboard.webhooks.disabled', {
      description: 'Webhooks that were disabled because of their receiver, by reason',
    }),
    reconciliations: meter.createCounter('switchboard.reconciliations', {
      description: 'Calls that a read at ACS changed because an event was missing, by the state that ACS reported',
    }),
  };
}

function instruments() {
  made ??= makeInstruments();
  return made;
}

const millisecondsBetween = (from: string, to: string) => Date.parse(to) - Date.parse(from);

/** How long an operation took, from when it was asked for, where that is known, to when it settled. Times are ISO 8601. */
export function measureOperation(
  operation: string,
  outcome: string,
  askedAt: string | undefined,
  settledAt: string,
): void {
  if (askedAt !== undefined) {
    instruments().operation.record(millisecondsBetween(askedAt, settledAt), { operation, outcome });
  }
}

/** A request was refused because of its caller. */
export function measureRefusedRequest(code: string): void {
  instruments().refusedRequests.add(1, { code });
}

/** How long the caller waited. */
export function measureConnected(receivedAt: string, connectedAt: string): void {
  instruments().connected.record(millisecondsBetween(receivedAt, connectedAt));
}

/** How many calls are not over, as housekeeping counted them. */
export function measureOpenCalls(count: number): void {
  instruments().openCalls.record(count);
}

/** How long a queue message waited. A retry was delayed on purpose and is not measured. */
export function measureQueueAge(queue: string, { triggerMetadata }: InvocationContext, isRetry: boolean): void {
  const insertedMs = Date.parse(String(triggerMetadata?.insertionTime));
  if (!isRetry && Number.isFinite(insertedMs)) {
    instruments().queueAge.record((Date.now() - insertedMs) / 1000, { queue });
  }
}

/** Counts an event that is acknowledged although it could not be processed. */
export function measureRefusedEvent(event: string): void {
  instruments().refusedEvents.add(1, { event });
}

/** Counts an attempt to deliver a notification. */
export function measureDelivery(outcome: 'delivered' | 'retried' | 'failed'): void {
  instruments().deliveries.add(1, { outcome });
}

/** Counts a webhook that was disabled because its receiver unsubscribed or accepts nothing. */
export function measureDisabledWebhook(reason: string): void {
  instruments().disabledWebhooks.add(1, { reason });
}

/** Counts a read of a call at ACS that replaced a lost event, by the state that ACS reported. */
export function measureReconciliation(outcome: string): void {
  instruments().reconciliations.add(1, { outcome });
}
