/** Telemetry as a collector and as Application Insights get it: traces, metrics and logs of what callers did. */
import { randomBytes, randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import {
  type CollectedLog,
  type CollectedPoint,
  type CollectedSpan,
  type Collector,
  exportingTo,
  startCollector,
} from '../support/collector.ts';
import { deliver } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { hostCommand } from '../support/target.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { fault } from '../support/wire.ts';
import { runTimer } from './recordings.ts';
import { callerId, ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('starts the app with a collector of its own for telemetry');

const prefix = `t${randomBytes(8).toString('hex')}`;

let collector: Collector;
let receiver: WebhookReceiver;
let board: Switchboard;

beforeAll(async () => {
  collector = await startCollector();
  receiver = await startWebhookReceiver();
  board = await startSwitchboard({
    ...frequentRechecks,
    TABLE_PREFIX: prefix,
    NOTIFY_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ...exportingTo(collector),
    // The exporter of Azure Monitor would report its own use to Microsoft, and sends over TLS only.
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${randomUUID()};IngestionEndpoint=${collector.url}`,
  });
});
afterAll(async () => {
  await board.close();
  await Promise.all([collector.close(), receiver.close()]);
});

/** The trace of a caller, as the header that it sends and by its id. */
function aTrace() {
  const traceId = randomBytes(16).toString('hex');
  return { traceId, header: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` } };
}

const named = (spans: readonly CollectedSpan[], name: string, traceId: string) =>
  spans.find((span) => span.name === name && span.traceId === traceId);

test('a trace leads from the request to ACS; the event that settles the operation links to it', async () => {
  const { traceId, header } = aTrace();
  await board.api('POST', 'calls', { targets: [guest], callerId }, { ...header, prefer: 'wait=20' });

  const isLinked = ({ name, links = [] }: CollectedSpan) =>
    name === 'CallConnected' && links.some((link) => link.traceId === traceId);
  // A span is sent once it has ended: those around it follow.
  const spans = await collector.spans((all) => all.some(isLinked) && named(all, 'createCall', traceId) !== undefined);
  const operation = named(spans, 'createCall', traceId);
  expect(operation?.parentSpanId).toMatch(/^[0-9a-f]{16}$/);
  expect(named(spans, 'ACS createCall', traceId)).toMatchObject({ parentSpanId: operation?.spanId });
  const event = spans.find(isLinked);
  expect(event?.links).toMatchObject([{ traceId, spanId: operation?.spanId }]);
  expect(event?.traceId).not.toBe(traceId);
});

test('a sequence goes on in the trace of the request that started it', async () => {
  const { traceId, header } = aTrace();
  const callId = await connectedCall(board.api);
  const steps = [{ wait: 'PT0.2S' }, { do: 'hangUp', with: { forEveryone: true } }];
  const { body } = await board.api('POST', 'sequences', { callId, steps }, header);
  await ended(board, body.sequenceId);

  const around = (all: CollectedSpan[]) =>
    all.find(({ spanId }) => spanId === named(all, 'hangUp', traceId)?.parentSpanId);
  const spans = await collector.spans((all) => around(all) !== undefined);
  expect(around(spans)).toMatchObject({ name: 'sequence', traceId });
  expect(named(spans, 'ACS hangUp', traceId)).toMatchObject({ parentSpanId: named(spans, 'hangUp', traceId)?.spanId });
  const sequences = spans.filter(({ name, traceId: of }) => name === 'sequence' && of === traceId);
  // Durable's extension gives an activity no trace of its own unless its distributed tracing is on.
  const linked = hostCommand === undefined ? sequences.length : 0;
  const links = sequences.flatMap((span) => span.links ?? []);
  expect(links).toHaveLength(linked);
  expect(links.map((link) => link.traceId)).not.toContain(traceId);
});

test('what fails marks its span with the name of the error alone', async () => {
  const { traceId, header } = aTrace();
  await board.api('POST', `calls/${randomUUID()}/hang-up`, {}, header);

  const spans = await collector.spans((all) => named(all, 'hangUp', traceId) !== undefined);
  expect(named(spans, 'hangUp', traceId)?.status).toEqual({ code: 2, message: 'AppError' });
});

test('operations, waiting callers, open calls and queues are measured', async () => {
  const callId = await ringingCall(board);
  const notifyUrl = `${receiver.url}/subscriber`;
  await board.api('POST', `incoming-calls/${callId}/answer`, { notifyUrl }, { prefer: 'wait=20' });
  await runTimer(board, 'reconciliation');

  const answers = await collector.points('switchboard.operation.duration', (points) =>
    points.some(({ attributes }) => attributes.operation === 'answerCall'),
  );
  expect(answers).toContainEqual(
    expect.objectContaining({ count: 1, attributes: { operation: 'answerCall', outcome: 'succeeded' } }),
  );
  const isThere = (points: readonly unknown[]) => points.length > 0;
  const [connected] = await collector.points('switchboard.incoming_call.to_connected', isThere);
  expect(connected).toMatchObject({ count: 1, sum: expect.any(Number) });
  await collector.points('switchboard.calls.open', ([open]) => (open?.value ?? 0) > 0);
  const queues = ['incoming-calls', 'notifications'];
  await collector.points('switchboard.queue.age', (ages) =>
    queues.every((queue) => ages.some(({ attributes }) => attributes.queue === queue)),
  );
});

test('an event that waits for its call counts as no message that waited', async () => {
  const eventOf = (eventTime: string) => ({
    id: randomUUID(),
    topic: '/subscriptions/x',
    subject: 'call/x',
    eventType: 'Microsoft.Communication.CallStarted',
    eventTime,
    dataVersion: '1.0',
    data: { serverCallId: randomUUID(), correlationId: randomUUID() },
  });
  const queue = new QueueClient(inject('storage'), `${prefix}call-events`);
  const isReceived =
    ({ id }: { id: string }) =>
    (logs: readonly CollectedLog[]) =>
      logs.some(({ body }) => body.stringValue.includes(id));

  const delayed = eventOf(new Date().toISOString());
  expect(await deliver(board, [delayed], 'callEvent')).toBe(202);
  await collector.logs(isReceived(delayed));
  const prompt = eventOf('2026-01-01T00:00:00Z');
  await queue.sendMessage(Buffer.from(JSON.stringify(prompt)).toString('base64'));
  await collector.logs(isReceived(prompt));

  const ofQueue = (points: readonly CollectedPoint[]) =>
    points.filter(({ attributes }) => attributes.queue === 'call-events');
  const ages = await collector.points('switchboard.queue.age', (points) => ofQueue(points).length > 0);
  expect(ofQueue(ages)).toMatchObject([{ count: 1 }]);
});

test('a read at ACS counts where it settles what no event did', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'CallDisconnected', { dropEvent: true });
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  await runTimer(board, 'reconciliation');

  const [read] = await collector.points('switchboard.reconciliations', (points) => points.length > 0);
  expect(read?.attributes).toEqual({ outcome: 'gone' });
});

test('messages of the log are static, and belong to the trace', async () => {
  const { traceId, header } = aTrace();
  await board.api('POST', 'calls', { targets: [guest], callerId }, header);

  const isOfCall = ({ traceId: of, severityText, body }: CollectedLog) =>
    of === traceId &&
    severityText === 'information' &&
    /^ACS accepted the operation \{"callId":/.test(body.stringValue);
  expect((await collector.logs((all) => all.some(isOfCall))).filter(isOfCall)).toHaveLength(1);
});

test('Application Insights gets the same, and a phone number goes nowhere', async () => {
  await connectedCall(board.api);
  await collector.spans((all) => all.length > 0);
  const isRequest = ({ path, body }: { path: string; body: string }) =>
    path.includes('track') && body.includes('RemoteDependency');
  await expect.poll(() => collector.received.some(isRequest)).toBe(true);

  const everything = collector.received.map(({ body }) => body).join('\n');
  expect(everything).not.toContain(guest.slice(1));
  expect(everything).not.toContain(callerId.slice(1));
});
