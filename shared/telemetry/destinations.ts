/** The destinations of telemetry, Application Insights and an OTLP collector, each with its exporters. */
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { credentialOf } from '../credential.ts';
import type { TelemetrySettings } from './settings.ts';

/** The exporters of each place that is set. */
export function destinationsOf({ applicationInsights, hasCollector }: TelemetrySettings) {
  return [...(applicationInsights ? [monitor(applicationInsights)] : []), ...(hasCollector ? [collector()] : [])];
}

function monitor({ connectionString, clientId }: NonNullable<TelemetrySettings['applicationInsights']>) {
  const options = { connectionString, ...(clientId !== undefined && { credential: credentialOf(clientId) }) };
  return {
    spans: new AzureMonitorTraceExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
    logs: new AzureMonitorLogExporter(options),
  };
}

function collector() {
  return { spans: new OTLPTraceExporter(), metrics: new OTLPMetricExporter(), logs: new OTLPLogExporter() };
}
