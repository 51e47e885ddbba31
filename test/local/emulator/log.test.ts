/** The log keeps its number of entries and no tokens. */

import { expect, test } from 'vitest';
import { manualClock } from '../../../local/emulator/clock.ts';
import { Log, type LogEntry, loggedHeaders } from '../../../local/emulator/log.ts';

test('the oldest entries go, and the numbers go on', () => {
  const log = new Log(manualClock(), () => undefined);
  for (let time = 0; time < 12_345; time++) {
    log.add({ kind: 'event' });
  }
  const entries = log.since(0);

  expect(entries).toHaveLength(10_000);
  expect(entries.at(-1)?.n).toBe(12_345);
  expect(log.since(12_340).map(({ n }) => n)).toEqual([12_341, 12_342, 12_343, 12_344, 12_345]);
});

test('large bodies push out the oldest entries before their number does', () => {
  const log = new Log(manualClock(), () => undefined);
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let time = 0; time < 100; time++) {
    log.add({ kind: 'request', body: megabyte });
  }
  const entries = log.since(0);

  expect(entries.length).toBeLessThanOrEqual(71);
  expect(entries.length).toBeGreaterThan(50);
  expect(entries.at(-1)?.n).toBe(100);
});

test('tokens are left out wherever they are, and each entry is published once', () => {
  const written: LogEntry[] = [];
  const log = new Log(manualClock(), (entry) => written.push(entry));
  log.add({ kind: 'response', body: { list: [{ token: 'secret', kept: 1 }] } });

  expect(written).toEqual([
    { n: 1, at: '2026-01-01T00:00:00.000Z', kind: 'response', body: { list: [{ token: '(token)', kept: 1 }] } },
  ]);
});

test('headers that differ from run to run, or are credentials, are left out', () => {
  const headers = { authorization: 'HMAC', host: 'x', 'x-ms-date': 'today', 'Repeatability-Request-ID': 'abc' };

  expect(loggedHeaders(headers)).toEqual({ 'repeatability-request-id': 'abc' });
});
