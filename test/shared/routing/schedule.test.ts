import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scheduleSchema, whyOutside } from '../../../shared/routing/schedule.ts';
import { runs } from '../../support/property-runs.ts';

const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const zones = Intl.supportedValuesOf('timeZone');

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const clockTime = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
const instant = fc
  .date({ min: new Date('1980-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const schedule = fc.record({
  timeZone: fc.constantFrom(...zones),
  days: fc.subarray([...week], { minLength: 1 }),
  from: clockTime,
  to: clockTime,
});
type Schedule = ReturnType<typeof scheduleSchema.parse>;

const isOpen = (when: Schedule, at: string) => whyOutside(when, at) === undefined;

/** The same question asked of the zone's offset from UTC, and of hours as minutes since a Sunday. */
function isOpenByOffset({ timeZone, days, from, to }: Schedule, at: string): boolean {
  const shown = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).format(new Date(at));
  const [, sign = '+', hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(shown) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = new Date(Date.parse(at) + offset * 60_000);
  const sinceSunday = local.getUTCDay() * 1440 + local.getUTCHours() * 60 + local.getUTCMinutes();
  const length = (minutesOf(to) - minutesOf(from) + 1440) % 1440 || 1440;
  return days.some((day) => (sinceSunday - week.indexOf(day) * 1440 - minutesOf(from) + 2 * 10_080) % 10_080 < length);
}

test('in any zone, at any time, a schedule is open as its offset from UTC says', () => {
  fc.assert(
    fc.property(schedule, instant, (when, at) => {
      expect(isOpen(when, at)).toBe(isOpenByOffset(when, at));
    }),
    runs(300),
  );
});

test('hours and the hours between them share out the week; equal hours are the whole day', () => {
  fc.assert(
    fc.property(schedule, instant, ({ timeZone, from, to }, at) => {
      const [hours, between] = [
        { timeZone, days: [...week], from, to },
        { timeZone, days: [...week], from: to, to: from },
      ];
      expect([isOpen(hours, at), isOpen(between, at)].filter(Boolean)).toHaveLength(from === to ? 2 : 1);
    }),
    runs(200),
  );
});

const office: Schedule = { timeZone: 'Europe/Berlin', days: ['monday', 'friday'], from: '09:00', to: '17:00' };
const night: Schedule = { ...office, from: '22:00', to: '06:00' };
const nightly: Schedule = { timeZone: 'Europe/Berlin', days: ['sunday'], from: '02:00', to: '03:00' };
const newYork: Schedule = { timeZone: 'America/New_York', days: ['tuesday'], from: '08:00', to: '09:00' };

test.each<[string, Schedule, string, boolean]>([
  ['the first minute is within', office, '2026-01-05T08:00:00Z', true],
  ['the last minute is outside', office, '2026-01-05T16:00:00Z', false],
  ['the minute before the last is within', office, '2026-01-05T15:59:59Z', true],
  ['another day is outside', office, '2026-01-06T10:00:00Z', false],
  ['summer time starts an hour earlier', office, '2026-07-06T07:00:00Z', true],
  ['a night belongs to the day on which it starts', night, '2026-01-10T04:59:00Z', true],
  ['a night does not begin the day before', night, '2026-01-05T04:59:00Z', false],
  ['a night that starts on Monday ends on Tuesday', night, '2026-01-06T05:00:00Z', false],
  ['an hour that clocks skip is never open', nightly, '2026-03-29T01:00:00Z', false],
  ['the hour before the skipped one is no part of it', nightly, '2026-03-29T00:59:00Z', false],
  ['an hour that clocks repeat is open', nightly, '2026-10-25T00:30:00Z', true],
  ['and open again', nightly, '2026-10-25T01:30:00Z', true],
  ['the day is that of the zone, not of UTC', newYork, '2026-01-06T13:30:00Z', true],
  ['an offset in the time of the call is honoured', newYork, '2026-01-06T22:30:00+09:00', true],
])('%s', (_, when, at, open) => {
  expect(isOpen(scheduleSchema.parse(when), at)).toBe(open);
});

test('the reason names what was expected and what the clocks of the zone show', () => {
  expect(whyOutside(office, '2026-01-06T23:30:00Z')).toBe(
    'expected monday, friday from 09:00 to 17:00 in Europe/Berlin, got wednesday 00:30',
  );
});

test.each([
  { timeZone: 'Berlin' },
  { timeZone: '+02:00' },
  { timeZone: '' },
  { days: [] },
  { days: ['Mon'] },
  { from: '9:00' },
  { from: '24:00' },
  { to: '10:60' },
  { until: '10:00' },
])('%o is no schedule', (wrong) => {
  expect(scheduleSchema.safeParse({ ...office, ...wrong }).success).toBe(false);
});
