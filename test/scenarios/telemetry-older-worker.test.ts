/** Telemetry on a worker without hooks for logs, such as 3.9: the app serves calls, and what can be sent is sent. */
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { Hooks } from '../../local/host/app/hooks.ts';
import { SystemRangeError } from '../../local/host/app/system-error.ts';
import { connectedCall } from '../support/calls.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { embeddedOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

const test = embeddedOnly('takes a hook away from the worker that the embedded host is');

const { register } = Hooks.prototype;
const warnings: string[] = [];
let collector: Collector;
let board: Switchboard;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation((text) => warnings.push(text));
  vi.spyOn(Hooks.prototype, 'register').mockImplementation(function (this: Hooks, name, callback) {
    if (name === 'log') {
      throw new SystemRangeError('Unrecognized hook "log"');
    }
    return register.call(this, name, callback);
  });
  collector = await startCollector();
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  board = await startSwitchboard({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' });
});
afterAll(async () => {
  await board.close();
  await collector.close();
});

test('the app starts, and warns of what could not be started', async () => {
  expect((await board.api('GET', 'health')).status).toBe(200);
  expect(warnings).toContainEqual(expect.stringMatching(/^Warning: telemetry could not be started.*v4\.34/));
});

test('spans are sent all the same', async () => {
  await connectedCall(board.api);
  await collector.spans((spans) => spans.some(({ name }) => name === 'createCall'));
});
