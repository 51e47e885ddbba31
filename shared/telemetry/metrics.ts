/** What is measured: the figures that alerts and the workbook read. Nothing is counted where telemetry goes nowhere. */
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
      description: 'From the announcement of a call to its connection',
    }),
    openCalls: meter.createGauge('switchboard.calls.open', { description: 'Calls that are not over' }),
    queueAge: meter.createHistogram('switchboard.queue.age', {
      unit: 's',
      description: 'How long a message waited before it was taken for the first time',
    }),
    reconciliations: meter.createCounter('switchboard.reconciliations', {
      description: 'Calls that a read at ACS changed, because an event was missing, by what ACS said',
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

/** How long somebody who called waited. */
export function measureConnected(announcedAt: string, connectedAt: string): void {
  instruments().connected.record(millisecondsBetween(announcedAt, connectedAt));
}

/** How many calls are not over, as housekeeping counted them. */
export function measureOpenCalls(count: number): void {
  instruments().openCalls.record(count);
}

/** How long a message of a queue waited. One that comes again was made to wait, and is not measured. */
export function measureQueueAge(queue: string, { triggerMetadata }: InvocationContext, comesAgain: boolean): void {
  const insertedMs = Date.parse(String(triggerMetadata?.insertionTime));
  if (!comesAgain && Number.isFinite(insertedMs)) {
    instruments().queueAge.record((Date.now() - insertedMs) / 1000, { queue });
  }
}

/** That a read of a call at ACS told what no event had, and what ACS said. */
export function measureReconciliation(outcome: string): void {
  instruments().reconciliations.add(1, { outcome });
}
