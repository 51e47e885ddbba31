/** Opaque ids of the people of a call: the same for a participant however often asked, and of no use without the call's record. */
import { createHash } from 'node:crypto';

/** The part of a call's record that its participant ids depend on: random text that no answer has. */
interface Salted {
  readonly salt: string;
}

const prefix = 'p-';

/** 96 bits: two of the people of a call never have the same id. */
const digestLength = 16;

/** The id of a participant, given in the canonical spelling, in one call. */
export function participantIdOf({ salt }: Salted, participant: string): string {
  const digest = createHash('sha256').update(`${salt}${participant}`).digest('base64url');
  return `${prefix}${digest.slice(0, digestLength)}`;
}

/** Whether a text has the form of such an id. No spelling of a participant has it. */
export function isParticipantId(text: string): boolean {
  return /^p-[\w-]{16}$/.test(text);
}
