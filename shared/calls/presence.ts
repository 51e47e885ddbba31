/**
 * Who has been in a call, and who of them has left it. A list of ACS names those in the call now only, so everyone whom a
 * list has named is kept. Pure, and independent of the order of the lists.
 */
import type { Participant } from './participant.ts';

/** The part of a call that its participants are. */
interface Attended {
  readonly participants: readonly Participant[];
  readonly seen?: readonly string[];
  readonly application?: string;
}

/** Chosen here, so that the row of a call keeps within its size: of more people the rest count as never seen. */
const maxSeen = 500;

/** The call after a list named these participants, whether or not it is the newest list. */
export function withSeen<Call extends Attended>(call: Call, participants: readonly Participant[]): Call {
  const { seen = [] } = call;
  const unseen = participants.map(({ participant }) => participant).filter((one) => !seen.includes(one));
  return unseen.length === 0 ? call : { ...call, seen: [...new Set([...seen, ...unseen])].sort().slice(0, maxSeen) };
}

/** Those who are in the call, without the app itself. */
export function present({ participants, application }: Attended): readonly string[] {
  return participants.map(({ participant }) => participant).filter((one) => one !== application);
}

/** Those who were in the call and have left it. Who was never seen has not left. */
export function departed({ participants, seen = [] }: Attended): readonly string[] {
  return seen.filter((one) => participants.every(({ participant }) => participant !== one));
}
