/** Writes a line for a terminal: time, who, what; in colours where the terminal has them. */

import { styleText } from 'node:util';
import type { Line, Tone } from './line.ts';

/** Styles a text. That of a terminal leaves it plain when NO_COLOR is set or the output is no terminal. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export const paintFor =
  (stream: NodeJS.WritableStream): Paint =>
  (style, text) =>
    styleText(style, text, { stream });

const whoWidth = 10;

const whoStyles: Readonly<Record<string, Parameters<Paint>[0]>> = {
  app: 'cyan',
  ACS: 'magenta',
  people: 'yellow',
};

const toneStyles: Readonly<Partial<Record<Tone, Parameters<Paint>[0]>>> = {
  good: 'green',
  warning: 'yellow',
  bad: 'red',
};

/** The time is that of this machine's clock; a line without one gets `now`. Further lines of a text are indented. */
export function formatted({ at, who, what, tone }: Line, paint: Paint, now: Date): string {
  const time = timeOf(at === undefined ? now : new Date(at));
  const style = toneStyles[tone];
  const indented = what.replaceAll('\n', `\n${' '.repeat(time.length + 2 + whoWidth)}`);
  const name = paint(whoStyles[who] ?? 'bold', who.padEnd(whoWidth));
  return `${paint('dim', time)}  ${name}${style === undefined ? indented : paint(style, indented)}`;
}

/** Hours to milliseconds of the local time. */
function timeOf(date: Date): string {
  const digits = (value: number, count = 2) => String(value).padStart(count, '0');
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => digits(part));
  return `${hours}:${minutes}:${seconds}.${digits(date.getMilliseconds(), 3)}`;
}
