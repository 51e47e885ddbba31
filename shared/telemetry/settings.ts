/** The settings of telemetry, by the names that Azure Monitor, Functions and OpenTelemetry have for them. */
import * as z from 'zod';
import { serviceUrl, wholeNumber } from '../setting.ts';

/** Without one of the first two, nothing is recorded. */
export const telemetryShape = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(
      /(^|;)InstrumentationKey=[0-9a-f-]{36}(;|$)/i,
      'expected InstrumentationKey={GUID};IngestionEndpoint=https://…',
    )
    .optional()
    .meta({
      description:
        'Application Insights resource for traces, metrics and logs; without it and without a collector nothing is recorded',
    }),
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceUrl('expected the URL of a collector')
    .optional()
    .meta({ description: 'URL of an OpenTelemetry collector, reached by OTLP over HTTP' }),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: z
    .string()
    .regex(/(^|;)Authorization=AAD(;|$)/i, 'expected ClientId=…;Authorization=AAD')
    .optional()
    .meta({ description: '`ClientId=…;Authorization=AAD`: the identity that may write to Application Insights' }),
  OTEL_METRIC_EXPORT_INTERVAL: wholeNumber(100, 3_600_000)
    .default(60_000)
    .meta({ description: 'Milliseconds between two exports of metrics' }),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1, 3_600_000)
    .default(5000)
    .meta({ description: 'Milliseconds for which spans and logs are batched' }),
};

type TelemetryEnvironment = z.output<z.ZodObject<typeof telemetryShape>>;

/** Where spans, metrics and logs go. */
export interface TelemetrySettings {
  /** Application Insights; with the client id of the identity that may write to it, where keys may not. */
  readonly applicationInsights?: { readonly connectionString: string; readonly clientId?: string };
  /** A collector that takes OTLP over HTTP. The exporters read its URL and headers from the environment. */
  readonly hasCollector: boolean;
  readonly metricIntervalMs: number;
  /** How long spans and logs are gathered before they are sent. */
  readonly batchDelayMs: number;
}

/** The destinations of telemetry; undefined when there is none. */
export function telemetrySettings(settings: TelemetryEnvironment): TelemetrySettings | undefined {
  const connectionString = settings.APPLICATIONINSIGHTS_CONNECTION_STRING;
  const hasCollector = settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  if (connectionString === undefined && !hasCollector) {
    return undefined;
  }
  const [, clientId] = /ClientId=([^;]+)/i.exec(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? '') ?? [];
  return {
    ...(connectionString !== undefined && {
      applicationInsights: { connectionString, ...(clientId !== undefined && { clientId }) },
    }),
    hasCollector,
    metricIntervalMs: settings.OTEL_METRIC_EXPORT_INTERVAL,
    batchDelayMs: settings.OTEL_BSP_SCHEDULE_DELAY,
  };
}
