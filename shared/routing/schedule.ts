/** Opening hours in a time zone, by local time: Intl knows the zone's daylight saving time. */
import * as z from 'zod';

/** In the order of the week, as Intl names them in English. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 09:00, from 00:00 to 23:59');

/** Hours that start on each of the days. A `to` that is not later than `from` is on the next day (Switchboard's choice). */
export const scheduleSchema = z
  .strictObject({
    timeZone: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin')
      .meta({ description: 'IANA time zone', example: 'Europe/Berlin' }),
    days: z.array(z.enum(weekdays)).min(1, 'expected at least one day, monday to sunday'),
    from: timeOfDay,
    to: timeOfDay.meta({ description: 'The first minute that is outside; not later than `from` means the next day' }),
  })
  .meta({ description: 'Hours that start on each of the days' });

type Schedule = Readonly<z.output<typeof scheduleSchema>>;

/** What a wall clock shows, and the day it is. */
interface WallTime {
  readonly day: string;
  readonly time: string;
}

/** Why the instant is outside the schedule; undefined when it is within. */
export function whyOutside(schedule: Schedule, instant: string): string | undefined {
  const { days, from, to, timeZone } = schedule;
  const now = wallTime(instant, timeZone);
  const isOvernight = to <= from;
  const began = isOvernight && now.time < to ? dayBefore(now.day) : now.day;
  const isOpen = isOvernight ? now.time >= from || now.time < to : now.time >= from && now.time < to;
  return isOpen && days.some((day) => day === began)
    ? undefined
    : `expected ${days.join(', ')} from ${from} to ${to} in ${timeZone}, got ${now.day} ${now.time}`;
}

function wallTime(instant: string, timeZone: string): WallTime {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const {
    weekday = '',
    hour,
    minute,
  } = Object.fromEntries(clock.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { day: weekday.toLowerCase(), time: `${hour}:${minute}` };
}

function dayBefore(day: string): string | undefined {
  const week: readonly string[] = weekdays;
  return week.at(week.indexOf(day) - 1);
}

/** Intl takes offsets such as +02:00 as well; those know no daylight saving. */
function isTimeZone(name: string): boolean {
  try {
    return /^[a-z]/i.test(new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

/** The instants of the coming week at which the schedule may open or close, to the minute. */
export function boundariesOf({ from, to, timeZone }: Schedule, now: string): readonly string[] {
  const start = Math.floor(Date.parse(now) / minuteMs) * minuteMs;
  return Array.from({ length: 7 }, (_, day) => start + day * 1440 * minuteMs).flatMap((instant) => {
    const { time } = wallTime(new Date(instant).toISOString(), timeZone);
    return [from, to].map((boundary) => {
      const minutes = (minutesOf(boundary) - minutesOf(time) + 1440) % 1440;
      return new Date(instant + minutes * minuteMs).toISOString();
    });
  });
}

const minuteMs = 60_000;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
