/**
 * NCRONTAB schedules: six fields from seconds to day of week, or five from minutes. Stricter than common cron: only
 * numbers, names, `*`, `,`, `-` and `/`; and when both day fields are restricted, a day must match both.
 */

import { CronExpressionParser } from 'cron-parser';
import { HostError, messageOf } from '../errors.ts';

export interface Schedule {
  /** The first occurrence strictly after `time`. */
  nextAfter(time: Date): Date;
}

const syntax = /^[0-9a-z*,/-]+$/i;
const monthNames = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const dayNames = /^(sun|mon|tue|wed|thu|fri|sat)$/i;

/** Parses an expression; its hours and days are those of `timeZone` (IANA). Throws naming what is wrong. */
export function parseSchedule(expression: string, timeZone: string): Schedule {
  const given = expression.trim().split(/\s+/);
  const fields = given.length === 5 ? ['0', ...given] : given;
  if (fields.length !== 6 || !fields.every(isField)) {
    throw new HostError(
      `"${expression}" is no NCRONTAB schedule: expected "{second} {minute} {hour} {day} {month} {day of week}" ` +
        'or five fields from {minute}, made of numbers, names and * , - /.',
    );
  }
  const [second, minute, hour, day, month, weekday = '*'] = fields;
  try {
    const weekdays = CronExpressionParser.parse(`0 0 0 * * ${weekday}`).fields.dayOfWeek.values.map(Number);
    const daily = `${second} ${minute} ${hour} ${day} ${month} *`;
    CronExpressionParser.parse(daily, { tz: timeZone });
    return { nextAfter: (time) => nextOccurrence(daily, weekdays, timeZone, time) };
  } catch (error) {
    throw new HostError(`"${expression}" is no NCRONTAB schedule: ${messageOf(error)}`, { cause: error });
  }
}

function nextOccurrence(daily: string, weekdays: readonly number[], tz: string, time: Date): Date {
  const occurrences = CronExpressionParser.parse(daily, { tz, currentDate: time });
  for (;;) {
    const occurrence = occurrences.next();
    if (weekdays.includes(occurrence.getDay())) {
      return occurrence.toDate();
    }
    occurrence.setHours(23);
    occurrence.setMinutes(59);
    occurrence.setSeconds(59);
    occurrences.reset(occurrence);
  }
}

function isField(field: string, index: number): boolean {
  const words = field.match(/[a-z]+/gi) ?? [];
  const names = index === 4 ? monthNames : dayNames;
  if (index === 5 && /(^|[,-])7/.test(field)) {
    return false;
  }
  return syntax.test(field) && words.every((word) => index >= 4 && names.test(word));
}
