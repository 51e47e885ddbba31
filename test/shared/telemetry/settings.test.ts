/** Where telemetry goes, by the settings that say so. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { destinationsOf } from '../../../shared/telemetry/destinations.ts';
import { telemetrySettings, telemetryShape } from '../../../shared/telemetry/settings.ts';

const read = (environment: Record<string, string>) => telemetrySettings(z.object(telemetryShape).parse(environment));

const insights = {
  APPLICATIONINSIGHTS_CONNECTION_STRING:
    'InstrumentationKey=1f2d3c4b-0000-4000-8000-000000000000;IngestionEndpoint=https://insights.invalid/',
};
const identity = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=2f2d3c4b-0000-4000-8000-000000000000;Authorization=AAD',
};
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

test.each([
  ['nothing is set', {}, undefined],
  ['only an identity is set', identity, undefined],
  ['a collector is set', collector, ['OTLPTraceExporter']],
  ['Application Insights is set', insights, ['AzureMonitorTraceExporter']],
  ['it takes identities only', { ...insights, ...identity }, ['AzureMonitorTraceExporter']],
  ['both are set', { ...insights, ...collector }, ['AzureMonitorTraceExporter', 'OTLPTraceExporter']],
])('where it goes when %s', async (_, environment, wanted) => {
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT = 'true';
  const settings = read(environment);
  const destinations = settings && destinationsOf(settings);

  expect(destinations?.map(({ spans }) => spans.constructor.name)).toEqual(wanted);
  for (const { spans, metrics, logs } of destinations ?? []) {
    await Promise.all([spans.shutdown(), metrics.shutdown(), logs.shutdown()]);
  }
});

test('the identity is the one that the authentication string names', () => {
  expect(read({ ...insights, ...identity })?.applicationInsights?.clientId).toBe(
    '2f2d3c4b-0000-4000-8000-000000000000',
  );
  expect(read(insights)?.applicationInsights).not.toHaveProperty('clientId');
});

test('every invalid setting is named', () => {
  const { success, error } = z.object(telemetryShape).safeParse({
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'a key',
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=1',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
    OTEL_METRIC_EXPORT_INTERVAL: 'often',
    OTEL_BSP_SCHEDULE_DELAY: '0',
  });
  expect([success, error?.issues.length]).toEqual([false, 5]);
});
