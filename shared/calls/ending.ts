/** How a call ended: why and by whom, derived from the codes of ACS and from what the app asked. Pure. */
import type { AcsCodes } from './acs-codes.ts';
import { type Reason, reasonOf } from './reason.ts';
import { isRemoved, leftAt, type Roster, type RosterFacts, soleParty } from './roster-facts.ts';

/** Who ends calls: the app also by a transfer, ACS also where the telephone network fails. */
export const enders = ['app', 'caller', 'callee', 'acs', 'unknown'] as const;

export interface Ending {
  readonly reason: Reason;
  readonly endedBy: (typeof enders)[number];
}

/** The part of a call's record that its ending is derived from. */
interface Ended {
  readonly status: string;
  readonly direction: 'inbound' | 'outbound' | 'joined';
  readonly roster: Roster;
  readonly connectedAt?: string;
  readonly end?: AcsCodes;
  /** Why the app ended the call, where it did. */
  readonly appReason?: Reason;
}

/** Why a call ended and by whom; undefined while it has not. */
export function endingOf(call: Ended): Ending | undefined {
  if (call.status !== 'disconnected' && call.status !== 'failed') {
    return undefined;
  }
  const reason = reasonOfEnd(call);
  return { reason, endedBy: enderOf(reason, call) };
}

/** Reasons that say no more than that the call is over, so that what the app asked says more. */
const vague: readonly Reason[] = ['unknown', 'canceled', 'hungUp', 'notFound'];

/** Reasons that name who left, which codes alone do not know. */
const departures: readonly Reason[] = ['callerLeft', 'calleeLeft', 'unknown'];

function reasonOfEnd(call: Ended): Reason {
  const { end, appReason, connectedAt, direction } = call;
  const reason = end ? reasonOf(end) : 'unknown';
  if (isHandedOver(call)) {
    return 'transferred';
  }
  if (appReason !== undefined && vague.includes(reason)) {
    return appReason;
  }
  if (reason === 'canceled' && direction === 'inbound') {
    return 'callerLeft';
  }
  const last = connectedAt === undefined || !departures.includes(reason) || !end ? undefined : lastParty(call);
  return last ? departureReason(last) : reason;
}

/** Why someone left a call that went on, or that ended with it. */
export function departureReason(facts: RosterFacts): Reason {
  if (isRemoved(facts)) {
    return 'hungUp';
  }
  return facts.role === 'caller' ? 'callerLeft' : 'calleeLeft';
}

/** Those who were handed over to the target of a transfer: the other side of the call unless the transfer named one. */
export function transferees(roster: Roster): readonly string[] {
  return Object.values(roster).flatMap(({ role, joinedAt, transferee = soleParty({ roster }) }) =>
    role === 'transferred' && joinedAt !== undefined && transferee !== undefined ? [transferee] : [],
  );
}

/** Whether the other side of the call was transferred, with which the call ends for the app. */
function isHandedOver({ roster }: Ended): boolean {
  return transferees(roster).includes(soleParty({ roster }) ?? '');
}

/** The one person with whom the app was in the call at its end, or who left it last. Undefined when that is not known. */
function lastParty({ roster }: Ended): RosterFacts | undefined {
  const present = Object.values(roster).filter(
    ({ role, joinedAt }) => joinedAt !== undefined && role !== 'transferred',
  );
  const until = (facts: RosterFacts) => leftAt(facts) ?? 'the end';
  const latest = present.map(until).sort().at(-1);
  const [last, ...others] = present.filter((facts) => until(facts) === latest);
  return others.length === 0 ? last : undefined;
}

const endersByReason: Readonly<Partial<Record<Reason, Ending['endedBy']>>> = {
  hungUp: 'app',
  transferred: 'app',
  callerLeft: 'caller',
  calleeLeft: 'callee',
  declined: 'callee',
  busy: 'callee',
  canceled: 'unknown',
  notFound: 'unknown',
  unknown: 'unknown',
};

function enderOf(reason: Reason, { appReason }: Ended): Ending['endedBy'] {
  return reason === appReason ? 'app' : (endersByReason[reason] ?? 'acs');
}

/** The connected time of a call that has ended. */
export function durationSeconds(connectedAt: string | undefined, endedAt: string): number {
  return connectedAt === undefined ? 0 : Math.max(0, Date.parse(endedAt) - Date.parse(connectedAt)) / 1000;
}
