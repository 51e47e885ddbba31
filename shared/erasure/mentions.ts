/** Whether a text names the subject of an erasure: the person, however their id is spelled, or a call of theirs. Pure. */
import { isPhoneNumber } from '../acs/wire/identifiers.ts';
import { isPacked, unpack } from '../webhooks/outbox-message.ts';
import type { Subject } from './erasure.ts';

export interface Mentions {
  /** Whether the text names the person. */
  readonly person: (text: string) => boolean;
  /** Whether the text names the person or one of the calls. */
  readonly any: (text: string) => boolean;
}

const uuids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** The search for a subject and its calls. */
export function mentionsOf(subject: Subject, callIds: ReadonlySet<string>): Mentions {
  const pattern = 'participant' in subject ? patternOf(subject.participant) : undefined;
  const person = (text: string) => pattern?.test(text) ?? false;
  const call = (text: string) => (text.match(uuids) ?? []).some((id) => callIds.has(id.toLowerCase()));
  return { person, any: (text) => person(text) || call(text) };
}

/**
 * A number is found with any sign before it, as in a URI and in the id that a network asserts; one that is longer is another
 * number.
 */
function patternOf(participant: string): RegExp {
  return isPhoneNumber(participant)
    ? new RegExp(`(?<!\\d)${participant.slice(1)}(?!\\d)`)
    : new RegExp(`${JSON.stringify(participant).slice(1, -1).replaceAll(/\W/g, '\\$&')}(?![\\w-])`);
}

/** The text of a message of a queue, or of a stored delivery, with the event that is compressed in it. */
export function textWithEvent(text: string): string {
  const packed = /"packed":"([^"]+)"/.exec(text)?.[1];
  return packed !== undefined && isPacked(packed) ? `${text}\n${JSON.stringify(unpack(packed))}` : text;
}
