import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSchedule } from '../../../../local/host/triggers/ncrontab.ts';

const next = (expression: string, after: string, timeZone = 'UTC') =>
  parseSchedule(expression, timeZone).nextAfter(new Date(after)).toISOString();

it.each([
  ['*/30 * * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:00:30.000Z'],
  ['0 */5 * * * *', '2026-01-01T00:04:59Z', '2026-01-01T00:05:00.000Z'],
  ['*/5 * * * *', '2026-01-01T00:04:59Z', '2026-01-01T00:05:00.000Z'],
  ['0 30 9 * Jan-Mar Mon-Fri', '2026-01-02T10:00:00Z', '2026-01-05T09:30:00.000Z'],
  ['0 0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['15,45 0 12 1 * *', '2026-01-01T12:00:15Z', '2026-01-01T12:00:45.000Z'],
])('finds the next of %s after %s', (expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

it('runs on a day that matches day of month and day of week both', () => {
  expect(next('0 0 8 13 * Fri', '2026-01-01T00:00:00Z')).toBe('2026-02-13T08:00:00.000Z');
});

it('takes hours as those of the time zone', () => {
  expect(next('0 0 9 * * *', '2026-01-15T00:00:00Z', 'Europe/Berlin')).toBe('2026-01-15T08:00:00.000Z');
  expect(next('0 0 9 * * *', '2026-07-15T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-15T07:00:00.000Z');
});

it.each([
  '00:05:00',
  '* * * *',
  '0 0 0 * * 7',
  '0 0 0 L * *',
  '0 0 0 * * 1#2',
  '@daily',
  '99 * * * * *',
  '0 0 0 ? * *',
  '',
])('refuses %s', (expression) => {
  expect(() => parseSchedule(expression, 'UTC')).toThrow('is no NCRONTAB schedule');
});

it('finds occurrences that lie ahead and are on schedule', () => {
  const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  const minutes = fc.integer({ min: 0, max: 59 });

  fc.assert(
    fc.property(time, minutes, (after, minute) => {
      const occurrence = parseSchedule(`0 ${minute} * * * *`, 'UTC').nextAfter(after);

      expect(occurrence.getTime()).toBeGreaterThan(after.getTime());
      expect(occurrence.getTime() - after.getTime()).toBeLessThanOrEqual(3_600_000);
      expect([occurrence.getUTCMinutes(), occurrence.getUTCSeconds()]).toEqual([minute, 0]);
    }),
  );
});
