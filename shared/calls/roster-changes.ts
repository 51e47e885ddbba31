/**
 * What each operation, event and participant list changes in the roster of a call. Pure, and independent of the order in which
 * they arrive: times keep the earliest or the latest, and lists are compared by their stamps.
 */
import { earliest, latest } from './earliest.ts';
import { isCausedByCallEnd, type Outcome, reasonOfOutcome } from './operation-life/outcome.ts';
import {
  type Invitation,
  type Invited,
  isPinned,
  type Refusal,
  type Roster,
  type Rostered,
  type RosterFacts,
  type RosterRole,
  rosterRoles,
  stampedAt,
} from './roster-facts.ts';

/** ACS takes 350 people at a time (ACS-D50). Beyond this number, chosen here, more people are in no roster: a row has 1 MiB. */
export const maxRoster = 500;

/** A list may overtake this many others (chosen here) without making the time at which someone left less exact. */
const maxLists = 20;

/** The stamp of a list: it sorts as the lists do, and ends with the time. */
export function listStamp(sequenceNumber: number, at: string): string {
  return `${String(sequenceNumber).padStart(12, '0')}/${at}`;
}

/** The stamp of a list that was read at ACS, which gives it no number: it is newer than those that have arrived. */
export function readStamp({ lists = [] }: Rostered, now: string): string {
  return listStamp(Number(lists.at(-1)?.split('/')[0] ?? 0), now);
}

/** The call after an operation asked people into it. */
export function withInvited<Call extends Rostered>(call: Call, invited: Invited, invitation: Invitation): Call {
  const { role, participants, transferee } = invited;
  return changed(call, participants, (known) => ({
    ...withRole(known, role),
    invitation: later(known?.invitation, invitation),
    ...(transferee !== undefined && { transferee }),
  }));
}

/** The call after an invitation ended without the people in it. */
function withRefused<Call extends Rostered>(call: Call, refusal: Refusal): Call {
  return changed(call, invitedBy(call, refusal.operationId), (known) => ({
    ...withRole(known, 'joined'),
    refusal: later(known?.refusal, refusal),
  }));
}

/** The call after the operation that asked people into it settled; how the call's own operation ended is the call's end. */
export function withOutcome<Call extends Rostered & { readonly callId: string }>(
  call: Call,
  operationId: string,
  { status, settledAt: at, error }: Outcome,
): Call {
  if (operationId === call.callId || status === 'indeterminate') {
    return call;
  }
  if (status === 'succeeded') {
    return withHandedOver(call, operationId, at);
  }
  const isCanceled = status === 'canceled' || isCausedByCallEnd(error);
  const refusal = isCanceled
    ? ({ status: 'canceled', reason: 'canceled' } as const)
    : ({ status: 'failed', reason: reasonOfOutcome({ status, error }) ?? 'unknown' } as const);
  return withRefused(call, { operationId, at, ...refusal });
}

/** The call after a transfer was accepted: its target talks with the one who was transferred. */
export function withHandedOver<Call extends Rostered>(call: Call, operationId: string, at: string): Call {
  const targets = invitedBy(call, operationId).filter((one) => call.roster[one]?.role === 'transferred');
  return targets.reduce((next, one) => withPresent(next, one, 'transferred', at), call);
}

/** Those whose last invitation is the operation's. */
function invitedBy({ roster }: Rostered, operationId: string): readonly string[] {
  return Object.keys(roster).filter((one) => roster[one]?.invitation?.operationId === operationId);
}

/** The call after a list named those who are in it, whether or not it is the newest list. */
export function withListed<Call extends Rostered>(call: Call, participants: readonly string[], stamp: string): Call {
  const lists = [...new Set([...(call.lists ?? []), stamp])].sort();
  const present = new Set(participants);
  const next = changed(call, participants, (known) => ({
    ...withRole(known, 'joined'),
    joinedAt: earliest(known?.joinedAt, stampedAt(stamp)),
    listed: latest(known?.listed, stamp),
  }));
  const roster = Object.entries(next.roster).map(([one, facts]): [string, RosterFacts] => [
    one,
    present.has(one) || facts.joinedAt !== undefined ? withMissing(facts, lists) : facts,
  ]);
  return { ...next, roster: Object.fromEntries(roster), lists: lists.slice(-maxLists) };
}

/** The call after an event reported someone in it. */
export function withPresent<Call extends Rostered>(
  call: Call,
  participant: string,
  role: RosterRole,
  at: string,
): Call {
  return changed(call, [participant], (known) =>
    withMissing(
      {
        ...withRole(known, role),
        joinedAt: earliest(known?.joinedAt, at),
        presentAt: latest(known?.presentAt, at),
      },
      call.lists ?? [],
    ),
  );
}

/** The call after an event reported someone removed from it. */
export function withRemoved<Call extends Rostered>(call: Call, participant: string, at: string): Call {
  return changed(call, [participant], (known) => ({
    ...withRole(known, 'joined'),
    removedAt: latest(known?.removedAt, at),
  }));
}

/** With the oldest list without the person that is newer than all that shows the person in the call. */
function withMissing(facts: RosterFacts, lists: readonly string[]): RosterFacts {
  const { missing: known, ...others } = facts;
  const { listed = '', presentAt = '' } = facts;
  const missing = [...lists, ...(known === undefined ? [] : [known])]
    .filter((stamp) => stamp > listed && stampedAt(stamp) > presentAt)
    .sort()[0];
  return missing === undefined ? others : { ...others, missing };
}

function withRole(known: RosterFacts | undefined, role: RosterRole): RosterFacts {
  const isStronger = known === undefined || rosterRoles.indexOf(role) < rosterRoles.indexOf(known.role);
  return isStronger ? { ...known, role } : known;
}

/** Changes what is kept of some; those beyond the limit are not kept, the same ones in whatever order they came. */
function changed<Call extends Rostered>(
  call: Call,
  participants: readonly string[],
  change: (known: RosterFacts | undefined) => RosterFacts,
): Call {
  const changes = participants.map((one) => [one, change(call.roster[one])] as const);
  const roster: Roster = { ...call.roster, ...Object.fromEntries(changes) };
  const all = Object.entries(roster);
  return {
    ...call,
    roster: all.length > maxRoster ? Object.fromEntries(all.sort(byRank).slice(0, maxRoster)) : roster,
  };
}

/** Those for whom the call was made come before the others. */
function byRank([a, one]: [string, RosterFacts], [b, other]: [string, RosterFacts]): number {
  const rank = Number(isPinned(other)) - Number(isPinned(one));
  return rank === 0 ? (a < b ? -1 : 1) : rank;
}

function later<Fact extends { readonly operationId: string; readonly at: string }>(
  known: Fact | undefined,
  one: Fact,
): Fact {
  return known === undefined || `${one.at}/${one.operationId}` > `${known.at}/${known.operationId}` ? one : known;
}
