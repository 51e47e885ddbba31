/** What people pressed or said, covered up: an operation may ask that nobody but who asked for it is told. Pure. */
import type { RawEvent } from './event.ts';
import type { Origin } from './origin.ts';

/** Stands for what is covered up. */
const covered = { masked: true } as const;

/** The members of ACS's events that tell what somebody pressed or said. */
const telling = ['dtmfResult', 'speechResult', 'choiceResult', 'tone'];

/** A result as others may see it. */
export function maskedResult<Result extends Readonly<Record<string, unknown>> | undefined>(
  result: Result,
  { masked }: Origin,
): Result | typeof covered {
  return masked && result ? covered : result;
}

/** An event of ACS as others may see it. */
export function maskedEvent(event: RawEvent, { masked }: Origin): RawEvent {
  const data = Object.entries(event.data).map(([name, value]) => [name, telling.includes(name) ? covered : value]);
  return masked ? { ...event, data: Object.fromEntries(data) } : event;
}
