/** The roster of a call as the API shows it: everyone who was ever asked into the call or seen in it. Pure. */
import * as z from 'zod';
import { departureReason, type Ending, transferees } from './ending.ts';
import type { Participant } from './participant.ts';
import { participantIdOf } from './participant-id.ts';
import { type Reason, reasonSchema } from './reason.ts';
import { leftAt, type Roster, type RosterFacts, rosterRoles, soleParty } from './roster-facts.ts';

const rosterStatuses = ['invited', 'connected', 'left', 'failed', 'canceled'] as const;

/** One entry of the roster. */
export const rosterEntrySchema = z
  .object({
    participantId: z.string().meta({ description: 'Opaque, and the same in every answer about the call' }),
    participant: z.string().meta({ description: 'E.164 number or raw id' }),
    displayName: z.string().optional(),
    role: z.enum(rosterRoles),
    status: z.enum(rosterStatuses),
    reason: reasonSchema.optional(),
    invitedAt: z.iso.datetime().optional(),
    joinedAt: z.iso.datetime().optional(),
    leftAt: z.iso.datetime().optional(),
    isMuted: z.boolean().optional(),
    isOnHold: z.boolean().optional(),
  })
  .meta({ id: 'RosterEntry' });

export type RosterEntry = Readonly<z.infer<typeof rosterEntrySchema>>;

/** The part of a call's record that its roster is derived from. */
interface Attended {
  readonly salt: string;
  readonly roster: Roster;
  readonly participants: readonly Participant[];
  readonly application?: string;
  readonly incoming?: { readonly to: string };
  readonly connectedAt?: string;
  /** Of a call that has ended. */
  readonly endedAt?: string;
  readonly ending?: Ending | undefined;
}

/** The entries by role, and by the time at which each came in. The app is no entry, under none of its identities. */
export function toRoster(call: Attended): readonly RosterEntry[] {
  const sole = soleParty(call);
  return Object.entries(call.roster)
    .filter(([one]) => one !== call.application && one !== call.incoming?.to)
    .map(([one, facts]) => toEntry(call, one, one === sole ? withConnection(facts, call.connectedAt) : facts))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** The participant of an id: of the roster, of the list now, or of those the call was made for. */
export function participantOf(
  { salt, roster, participants }: Pick<Attended, 'salt' | 'roster' | 'participants'>,
  participantId: string,
): string | undefined {
  const all = [...Object.keys(roster), ...participants.map(({ participant }) => participant)];
  return all.find((one) => participantIdOf({ salt }, one) === participantId);
}

function toEntry(call: Attended, participant: string, facts: RosterFacts): RosterEntry {
  const { salt, participants, endedAt } = call;
  const { role, displayName, invitation, joinedAt } = facts;
  const now = endedAt === undefined ? participants.find((one) => one.participant === participant) : undefined;
  const left = departureOf(facts, endedAt);
  return {
    participantId: participantIdOf({ salt }, participant),
    participant,
    ...(displayName !== undefined && { displayName }),
    role,
    ...standing(call, participant, facts, left),
    ...(invitation && { invitedAt: invitation.at }),
    ...(joinedAt !== undefined && { joinedAt }),
    ...(left !== undefined && { leftAt: left }),
    ...(now && { isMuted: now.isMuted, isOnHold: now.isOnHold }),
  };
}

/** When someone who was in the call left it, at its end at the latest. */
function departureOf(facts: RosterFacts, endedAt: string | undefined): string | undefined {
  const left = leftAt(facts);
  const wasIn = facts.joinedAt !== undefined || left !== undefined;
  return wasIn && endedAt !== undefined && (left === undefined || endedAt < left) ? endedAt : left;
}

type Standing = Pick<RosterEntry, 'status' | 'reason'>;

/** Whether someone is in the call, is still expected in it, or why not. */
function standing(call: Attended, participant: string, facts: RosterFacts, left: string | undefined): Standing {
  const { invitation, refusal, joinedAt } = facts;
  const isRefused = refusal !== undefined && (!invitation || refusal.operationId === invitation.operationId);
  const isExpected = call.ending === undefined && !isRefused;
  if (left !== undefined) {
    const isInvitedAgain = isExpected && invitation !== undefined && invitation.at > left;
    return isInvitedAgain ? { status: 'invited' } : { status: 'left', reason: reasonToLeave(call, participant, facts) };
  }
  if (joinedAt !== undefined) {
    return { status: 'connected' };
  }
  if (isRefused) {
    return { status: refusal.status, reason: refusal.reason };
  }
  return call.ending ? absence(call.ending, call.connectedAt) : { status: 'invited' };
}

/** Those who stayed to the end left by it; others by themselves, unless they were removed or transferred. */
function reasonToLeave({ roster, ending }: Attended, participant: string, facts: RosterFacts): Reason {
  if (facts.role === 'transferred' || transferees(roster).includes(participant)) {
    return 'transferred';
  }
  const isByEnd = leftAt(facts) === undefined && ending !== undefined;
  const isByOthers = isByEnd && ending.reason !== 'callerLeft' && ending.reason !== 'calleeLeft';
  return isByOthers ? ending.reason : departureReason(facts);
}

/** Reasons for which a call ended before someone could answer it. */
const withdrawn: readonly Reason[] = ['hungUp', 'canceled', 'limitReached', 'callerLeft'];

/** Why someone who was asked never came. Once a call was connected, its end does not say why others did not join it. */
function absence({ reason }: Ending, connectedAt: string | undefined): Standing {
  if (connectedAt !== undefined) {
    return { status: 'failed', reason: 'unknown' };
  }
  return withdrawn.includes(reason)
    ? { status: 'canceled', reason: reason === 'callerLeft' ? reason : 'canceled' }
    : { status: 'failed', reason };
}

/** Any event of a connected call shows that the only other party is in it, also where no list has arrived. */
function withConnection(facts: RosterFacts, connectedAt: string | undefined): RosterFacts {
  const { joinedAt = '~' } = facts;
  return connectedAt === undefined || joinedAt < connectedAt ? facts : { ...facts, joinedAt: connectedAt };
}

function orderOf({ role, invitedAt, joinedAt, participant }: RosterEntry): string {
  return [rosterRoles.indexOf(role), invitedAt ?? joinedAt ?? '', participant].join('/');
}
