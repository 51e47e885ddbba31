import type { EventEmitter } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot, temporaryData } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';
import { ManualClock } from '../support/manual-clock.ts';

const data = await temporaryData();
const log = new LogRecorder();
const clock = new ManualClock('2026-01-01T12:00:30Z');
const statusFile = (name: string) => join(data.path, 'timers', `${name}.json`);
const readStatus = async (name: string) => JSON.parse(await readFile(statusFile(name), 'utf8')) as object;
let host: Host;

beforeAll(async () => {
  await mkdir(join(data.path, 'timers'));
  const missed = { last: '2025-12-30T04:00:00Z', next: '2025-12-31T04:00:00Z', lastUpdated: '2025-12-30T04:00:00Z' };
  const before = { last: '2025-12-30T04:00:00Z', next: '2025-12-31T04:30:00Z', lastUpdated: '2025-12-30T04:00:00Z' };
  await writeFile(statusFile('missed'), JSON.stringify(missed));
  await writeFile(statusFile('rescheduled'), JSON.stringify(before));
  const settings = { 'AzureWebJobs.disabled.Disabled': 'true' };
  host = await startHost({ root: appRoot('timers'), log: log.sink, clock, dataDirectory: data.path, settings });
});
afterAll(async () => {
  release();
  await host.close();
  await data.remove();
});

/** Lets the function `slow` go on. */
const release = () => (process as EventEmitter).emit('release');
const timersOf = (name: string) => log.messagesOf(name).map((line) => JSON.parse(line) as object);

it('runs a function at start when asked to, without monitor when asked not to have one', async () => {
  await log.executed('atStart');

  expect(timersOf('atStart')).toEqual([{ schedule: { adjustForDST: true }, isPastDue: false }]);
});

it('runs a function at start when it missed an occurrence, and marks the run as past due', async () => {
  await log.executed('missed');
  await clock.awaited('2026-01-02T04:00:00Z');

  expect(timersOf('missed')).toMatchObject([{ isPastDue: true, scheduleStatus: { next: '2025-12-31T04:00:00.000Z' } }]);
  expect(await readStatus('missed')).toMatchObject({
    last: '2026-01-01T12:00:30.000Z',
    next: '2026-01-02T04:00:00.000Z',
  });
});

it('starts anew when the schedule has been changed', async () => {
  await clock.awaited('2026-01-02T05:00:00Z');

  expect(timersOf('rescheduled')).toEqual([]);
  expect(await readStatus('rescheduled')).toEqual({
    next: '2026-01-02T05:00:00.000Z',
    lastUpdated: '2026-01-01T12:00:30.000Z',
  });
});

it('runs a function each time it comes due and keeps when that was', async () => {
  await clock.awaited('2026-01-01T12:01:00Z');
  clock.advance(30_000);
  await log.executed('everyMinute', 1);
  await clock.awaited('2026-01-01T12:02:00Z');
  clock.advance(60_000);
  await log.executed('everyMinute', 2);
  await clock.awaited('2026-01-01T12:03:00Z');

  expect(timersOf('everyMinute')).toMatchObject([
    { isPastDue: false, scheduleStatus: { next: '2026-01-01T12:01:00.000Z' } },
    { scheduleStatus: { last: '2026-01-01T12:01:00.000Z', next: '2026-01-01T12:02:00.000Z' } },
  ]);
  expect(await readStatus('everyMinute')).toMatchObject({ last: '2026-01-01T12:02:00.000Z' });
});

it('does not monitor a schedule that runs more often than once a minute', async () => {
  await log.executed('everyTenSeconds');

  expect(timersOf('everyTenSeconds')[0]).not.toHaveProperty('scheduleStatus');
  await expect(readStatus('everyTenSeconds')).rejects.toThrow('ENOENT');
});

it('never runs a function beside itself: what came due meanwhile runs once, right after', async () => {
  const started = () => log.messagesOf('slow').length;
  await clock.awaited('2026-01-01T12:05:00Z');
  clock.advance(3 * 60_000);
  await log.matching(({ category }) => category === 'Function.slow.User');
  clock.advance(11 * 60_000);
  expect(started()).toBe(1);

  release();
  await log.matching(({ category }) => category === 'Function.slow.User', 2);
  release();
  await log.executed('slow', 2);
  await clock.awaited('2026-01-01T12:20:00Z');

  expect(started()).toBe(2);
});

it('tries a function again as its retry policy says', async () => {
  await clock.awaited('2026-01-01T12:30:00Z');
  clock.advance(Date.parse('2026-01-01T12:30:00Z') - clock.now().getTime());
  await clock.awaited('2026-01-01T12:30:07Z');
  clock.advance(7_000);
  await clock.awaited('2026-01-01T12:30:14Z');
  clock.advance(7_000);
  await log.executed('flaky', 3);
  await clock.awaited('2026-01-01T13:30:00Z');

  expect(log.messagesOf('flaky').map((line) => JSON.parse(line) as unknown)).toMatchObject([
    null,
    { retryCount: 1, maxRetryCount: 2, exception: { message: 'not yet' } },
    { retryCount: 2, maxRetryCount: 2 },
  ]);
});

it('leaves out a function that a setting disables', () => {
  expect(host.functions.map(({ name }) => name)).not.toContain('disabled');
  expect(timersOf('disabled')).toEqual([]);
});
