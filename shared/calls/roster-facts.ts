/** The facts that a call's record keeps of everyone who was ever asked into it or seen in it, and what they imply. Pure. */
import { earliest, latest } from './earliest.ts';
import type { Reason } from './reason.ts';

/** How someone came into the roster, the strongest first: of two that apply the first is shown. */
export const rosterRoles = ['target', 'caller', 'transferred', 'added', 'moved', 'joined'] as const;

export type RosterRole = (typeof rosterRoles)[number];

/** The people whom an operation asks into a call. */
export interface Invited {
  readonly role: RosterRole;
  readonly participants: readonly string[];
  /** The one who leaves for a transfer's target; the only other party of the call unless given. */
  readonly transferee?: string | undefined;
}

/** An operation that asked someone into the call, and when. */
export interface Invitation {
  readonly operationId: string;
  readonly at: string;
}

/** An invitation that ended without the person in the call. */
export interface Refusal extends Invitation {
  readonly status: 'failed' | 'canceled';
  readonly reason: Reason;
}

/** What is kept of one person. */
export interface RosterFacts {
  readonly role: RosterRole;
  readonly displayName?: string;
  /** The last invitation. */
  readonly invitation?: Invitation;
  readonly refusal?: Refusal;
  readonly transferee?: string;
  readonly joinedAt?: string;
  /** When events other than lists last reported the person in the call, and removed from it. */
  readonly presentAt?: string;
  readonly removedAt?: string;
  /** Stamp of the newest list with the person, and of the oldest one after it without. */
  readonly listed?: string;
  readonly missing?: string;
}

export type Roster = Readonly<Record<string, RosterFacts>>;

/** The part of a call that its roster is. */
export interface Rostered {
  readonly roster: Roster;
  readonly lists?: readonly string[];
}

/** The time of a stamped list. */
export function stampedAt(stamp: string): string {
  return stamp.slice(stamp.indexOf('/') + 1);
}

/** The only person besides the app in a call with one person, as it was asked for; undefined for others. */
export function soleParty({ roster }: Rostered): string | undefined {
  const [one, ...others] = Object.keys(roster).filter((id) => isPinned(roster[id]));
  return others.length === 0 ? one : undefined;
}

/** Whether someone was removed from the call and has not come back. */
export function isRemoved({ joinedAt, removedAt, presentAt, listed }: RosterFacts): boolean {
  const lastSeen = [joinedAt, presentAt, listed && stampedAt(listed)].reduce(latest);
  return removedAt !== undefined && (lastSeen === undefined || removedAt > lastSeen);
}

/** When someone who was in the call left it, as far as lists and events say. */
export function leftAt(facts: RosterFacts): string | undefined {
  const { removedAt, missing } = facts;
  return [isRemoved(facts) ? removedAt : undefined, missing && stampedAt(missing)].reduce(earliest);
}

/** The call was made for them: they stay in the roster when it is full. */
export function isPinned(facts: RosterFacts | undefined): boolean {
  return facts?.role === 'target' || facts?.role === 'caller';
}
