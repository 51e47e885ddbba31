/**
 * Spans: what the app did for a request, an event or a sequence, and how long it took. ACS gives no trace back with its
 * events, so what outlives a request keeps its trace as text, and is linked or goes on in it later.
 */
import {
  type Context,
  context,
  propagation,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('acs-switchboard');

/** Ids and names of operations only: never display names, numbers, digits or speech. */
type Ids = Readonly<Record<string, string>>;

/** Runs work within a span. An error marks it with its name, and is thrown on. */
export function inSpan<T>(name: string, ids: Ids, work: () => Promise<T>): Promise<T> {
  return recorded(name, { attributes: ids }, context.active(), work);
}

/** The same for a request that leaves the app. */
export function inRequestSpan<T>(name: string, ids: Ids, work: () => Promise<T>): Promise<T> {
  return recorded(name, { attributes: ids, kind: SpanKind.CLIENT }, context.active(), work);
}

/** Goes on in a trace that was kept, and links to the invocation that goes on. */
export function inKeptTrace<T>(kept: string | undefined, name: string, ids: Ids, work: () => Promise<T>): Promise<T> {
  const active = trace.getSpanContext(context.active());
  const links = kept !== undefined && active ? [{ context: active }] : [];
  return recorded(name, { attributes: ids, links }, asContext(kept), work);
}

/** The current trace and span, to be stored; undefined when telemetry is off. */
export function traceToKeep(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Links the span that runs to a trace that was kept, if one was. */
export function linkTo(kept: string | undefined): void {
  const linked = kept === undefined ? undefined : trace.getSpanContext(asContext(kept));
  if (linked) {
    trace.getActiveSpan()?.addLink({ context: linked });
  }
}

function asContext(kept: string | undefined): Context {
  return kept === undefined ? context.active() : propagation.extract(context.active(), { traceparent: kept });
}

function recorded<T>(name: string, options: SpanOptions, parent: Context, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      // A message may hold personal data; an error's name does not.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
      throw error;
    } finally {
      span.end();
    }
  });
}
