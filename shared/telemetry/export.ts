/** Records and exports spans, metrics and logs. Loaded only when a destination is configured. */
import * as functions from '@azure/functions';
// CommonJS whose names Node.js does not see.
import instrumentations from '@azure/functions-opentelemetry-instrumentation';
import { metrics } from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { destinationsOf } from './destinations.ts';
import type { TelemetrySettings } from './settings.ts';

/**
 * Starts the export. Handlers run in the trace of their invocation, and their logs are exported from here instead of by the
 * host. Batches are flushed when the app terminates.
 */
export function startExport(settings: TelemetrySettings): void {
  const { metricIntervalMs: exportIntervalMillis, batchDelayMs: scheduledDelayMillis } = settings;
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'acs-switchboard' }));
  const destinations = destinationsOf(settings);
  const spanProcessors = destinations.map(({ spans }) => new BatchSpanProcessor(spans, { scheduledDelayMillis }));
  const readers = destinations.map(
    (to) => new PeriodicExportingMetricReader({ exporter: to.metrics, exportIntervalMillis }),
  );
  const processors = destinations.map(
    ({ logs }) => new BatchLogRecordProcessor({ exporter: logs, scheduledDelayMillis }),
  );
  const traced = new NodeTracerProvider({ resource, spanProcessors });
  const measured = new MeterProvider({ resource, readers });
  const logged = new LoggerProvider({ resource, processors });
  traced.register();
  metrics.setGlobalMeterProvider(measured);
  const flush = flushing(() => Promise.allSettled([traced.forceFlush(), measured.forceFlush(), logged.forceFlush()]));
  functions.app.hook.postInvocation(async ({ invocationContext }) => {
    if (background.includes(invocationContext.options.trigger.type)) {
      await flush();
    }
  });
  functions.app.hook.appTerminate(async () => {
    await Promise.all([traced.shutdown(), measured.shutdown(), logged.shutdown()]);
  });
  // Registered by hand, because a bundle has no module of that name to look out for. Last: an older worker has no hook
  // for logs, and throws.
  const instrumentation = new instrumentations.AzureFunctionsInstrumentationESM({ enabled: false });
  instrumentation.setLoggerProvider(logged);
  instrumentation.registerAzFunc(functions);
}

/**
 * Triggers without a waiting caller. The platform may remove an instance soon after its last invocation, before the next
 * export is due (azure-functions-host #11943), so telemetry is flushed before such an invocation ends.
 */
const background: readonly string[] = ['timerTrigger', 'queueTrigger'];

/** At most one flush at a time, and one for all that are requested meanwhile: a busy queue does not export per message. */
function flushing(flush: () => Promise<unknown>): () => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<unknown> | undefined;
  return () => {
    next ??= last.then(() => {
      next = undefined;
      last = flush();
      return last;
    });
    return next;
  };
}
