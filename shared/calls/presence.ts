/** Who is in a call, and who was in it and has left, as the lists of ACS say. A list names those in the call now only. Pure. */
import type { Participant } from './participant.ts';
import type { Roster } from './roster-facts.ts';

/** The part of a call that its participants are. */
interface Attended {
  readonly participants: readonly Participant[];
  readonly roster: Roster;
  readonly application?: string;
}

/** Those who are in the call, without the app itself. */
export function present({ participants, application }: Attended): readonly string[] {
  return participants.map(({ participant }) => participant).filter((one) => one !== application);
}

/** Those whom a list has named and who have left the call. Who was in no list has not left. */
export function departed({ participants, roster }: Attended): readonly string[] {
  const current = new Set(participants.map(({ participant }) => participant));
  return Object.keys(roster).filter((one) => roster[one]?.listed !== undefined && !current.has(one));
}
