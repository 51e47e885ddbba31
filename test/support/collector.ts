/** A collector of telemetry: takes OTLP over HTTPS as JSON, and what the Azure Monitor exporter sends. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { eventually } from './api.ts';

/** The settings of an app that exports everything to a collector at once, whose certificate no authority has signed. */
export const exportingTo = ({ url }: Pick<Collector, 'url'>) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_METRIC_EXPORT_INTERVAL: '300',
  OTEL_BSP_SCHEDULE_DELAY: '100',
  // As infra/ sets them: else the Functions host keeps five traces a second, and the app with it.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage',
  OTEL_TRACES_SAMPLER_ARG: '1.0',
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
});

/** A span as OTLP has it, of what tests look at. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

/** A data point of a metric, with its attributes as one object. */
export interface CollectedPoint {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly count?: number;
  readonly sum?: number;
  readonly value?: number;
}

export interface CollectedLog {
  readonly traceId?: string;
  readonly severityText: string;
  readonly body: { readonly stringValue: string };
}

export interface Collector {
  readonly url: string;
  /** The bodies of all requests, by path. */
  readonly received: { readonly path: string; readonly body: string }[];
  /** The spans so far; a wanted one is waited for. */
  spans(wanted: (spans: CollectedSpan[]) => boolean): Promise<CollectedSpan[]>;
  /** The points of a metric in its newest export; a wanted one is waited for. */
  points(metric: string, wanted: (points: CollectedPoint[]) => boolean): Promise<CollectedPoint[]>;
  logs(wanted: (logs: CollectedLog[]) => boolean): Promise<CollectedLog[]>;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const received: Collector['received'][number][] = [];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'collector' }]);
  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    received.push({ path: incoming.url ?? '', body: await textOf(incoming) });
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(incoming.url?.includes('track') ? '{"itemsReceived":1,"itemsAccepted":1,"errors":[]}' : '{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const at = (path: string) => received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
  return {
    url: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    received,
    spans: (wanted) => eventually(async () => at('/v1/traces').flatMap(spansIn), wanted),
    points: (metric, wanted) => eventually(async () => pointsIn(at('/v1/metrics'), metric), wanted),
    logs: (wanted) => eventually(async () => at('/v1/logs').flatMap(logsIn), wanted),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  return (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString();
}

interface Export {
  readonly resourceSpans?: { scopeSpans: { spans: CollectedSpan[] }[] }[];
  readonly resourceLogs?: { scopeLogs: { logRecords: CollectedLog[] }[] }[];
  readonly resourceMetrics?: { scopeMetrics: { metrics: Metric[] }[] }[];
}

type Points = { dataPoints: { attributes: Attribute[]; count?: number; sum?: number; asDouble?: number }[] };
type Metric = { name: string } & Partial<Record<'histogram' | 'gauge' | 'sum', Points>>;
type Attribute = { key: string; value: { stringValue?: string } };

function spansIn({ resourceSpans = [] }: Export): CollectedSpan[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function logsIn({ resourceLogs = [] }: Export): CollectedLog[] {
  return resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
}

/** Metrics are cumulative: the newest export has all. */
function pointsIn(exports: readonly Export[], name: string): CollectedPoint[] {
  const scopes = (exports.at(-1)?.resourceMetrics ?? []).flatMap(({ scopeMetrics }) => scopeMetrics);
  const found = scopes.flatMap(({ metrics }) => metrics).filter((metric) => metric.name === name);
  const points = found.flatMap(({ histogram, gauge, sum }) => (histogram ?? gauge ?? sum)?.dataPoints ?? []);
  return points.map(({ attributes, asDouble, ...point }) => ({
    ...point,
    ...(asDouble !== undefined && { value: asDouble }),
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
  }));
}
