/** What timers and queues record is sent with the invocation: an instance may be taken away before the next export. */
import { afterAll, beforeAll, expect } from 'vitest';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { runTimer } from './recordings.ts';

const test = ownHostOnly('starts the app with a collector of its own for telemetry');

/** Longer than the test: nothing is sent because its time has come. */
const never = '3600000';

let collector: Collector;
let board: Switchboard;

beforeAll(async () => {
  collector = await startCollector();
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const { 'AzureWebJobs.reconciliation.Disabled': _, ...others } = withoutTimers;
  board = await startSwitchboard({
    ...others,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_METRIC_EXPORT_INTERVAL: never,
    OTEL_BSP_SCHEDULE_DELAY: never,
  });
});
afterAll(async () => {
  await board.close();
  await collector.close();
});

const isThere = (points: readonly unknown[]) => points.length > 0;

test('a request sends nothing', async () => {
  await connectedCall(board.api);
  expect(collector.received).toEqual([]);
});

test('a timer sends what was measured', async () => {
  await runTimer(board, 'reconciliation');
  await collector.points('switchboard.calls.open', isThere);
});

test('a queue sends what was measured', async () => {
  await ringingCall(board);
  await collector.points('switchboard.queue.age', isThere);
});
