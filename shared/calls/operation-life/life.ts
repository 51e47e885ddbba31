/**
 * The life of an operation as data: which input leads from which state to which, and which evidence of an outcome outranks
 * which. Inputs may come in any order and any number of times: the strongest evidence within the grace period wins, its
 * error included, and what settled stays as it is. Pure.
 */
import type { Outcome } from './outcome.ts';
import { hasLaterFailure, type Settlement } from './settlement.ts';

/** The states by name, with what each means. */
export const lifeStates = {
  accepted: 'The intent is stored, and ACS may have been asked. Events are buffered.',
  sent: 'ACS accepted the request.',
  unconfirmed: 'ACS did not respond in time: it may or may not have acted.',
  presumed:
    'Evidence shows an outcome, and stronger evidence may follow within the grace period. Readers still see the operation as open.',
  settled: 'The outcome is final and published.',
} as const;

export type LifeState = keyof typeof lifeStates;

/** The inputs by name, with what each is. */
export const lifeInputs = {
  response: 'ACS responds to the request with success',
  refusal: 'ACS responds with 4xx or 5xx',
  silence: 'ACS does not respond in time, or the process died before it stored the response',
  event: 'a mid-call event names the operation',
  participants: 'ParticipantsUpdated shows whether it took effect',
  callEnd: 'the call ends',
  read: 'the call is read at ACS',
  deadline: 'the time for its event or the grace period is over',
} as const;

export type LifeInput = keyof typeof lifeInputs;

/** Sources of an outcome, strongest first. */
export const evidenceRanks = {
  response: 3,
  event: 3,
  acceptance: 2,
  participants: 2,
  read: 2,
  callEnd: 1,
  deadline: 0,
} as const;

export type Evidence = keyof typeof evidenceRanks;

/** An outcome, and the evidence for it. */
export interface Finding {
  readonly evidence: Evidence;
  readonly outcome: Outcome;
}

/** The state of one operation. A presumption lasts until `until`; then it settles the operation. */
export type Life =
  | { readonly state: 'accepted' }
  | { readonly state: 'sent' }
  /** With `startDueAt`, the call is read at ACS when no start event has arrived by then. */
  | { readonly state: 'unconfirmed'; readonly startDueAt?: string }
  | { readonly state: 'presumed'; readonly finding: Finding; readonly until: string }
  | { readonly state: 'settled'; readonly outcome: Outcome };

/** What an operation is once ACS was asked. */
export type KnownLife = Exclude<Life, { readonly state: 'accepted' }>;

/** The states in which the call's record keeps an operation as open. */
export type OpenLife = Extract<Life, { readonly state: 'sent' | 'unconfirmed' | 'presumed' }>;

/** Where an input leads: without an outcome, with one that stronger evidence may replace, and with a final one. */
export interface Transition {
  readonly open: LifeState;
  readonly provisional: LifeState;
  readonly final: LifeState;
}

/** The input leads to `open`, unless it brings an outcome. */
const to = (open: LifeState): Transition => ({ open, provisional: 'presumed', final: 'settled' });

/** The input reports on the operation itself, so its outcome is final. */
const reports = (open: LifeState): Transition => ({ open, provisional: 'settled', final: 'settled' });

/** The input leads to `state`, whatever it brings. */
const always = (state: LifeState): Transition => ({ open: state, provisional: state, final: state });

const [stayAccepted, staySent, stayPresumed, staySettled] = [
  always('accepted'),
  always('sent'),
  always('presumed'),
  always('settled'),
];

/** A state or an input that is added does not compile until it has its row or its cells. */
export const lifeTransitions: { readonly [State in LifeState]: { readonly [Input in LifeInput]: Transition } } = {
  // An event may overtake the response: it is buffered until the response, a refusal or their absence is stored.
  accepted: {
    response: to('sent'),
    refusal: always('settled'),
    silence: to('unconfirmed'),
    event: stayAccepted,
    participants: stayAccepted,
    callEnd: stayAccepted,
    read: stayAccepted,
    deadline: stayAccepted,
  },
  // The response is stored once: another, from a takeover, changes nothing.
  sent: {
    response: staySent,
    refusal: staySent,
    silence: staySent,
    event: reports('sent'),
    participants: to('sent'),
    callEnd: to('sent'),
    read: to('sent'),
    deadline: always('settled'),
  },
  // An event that names the operation proves that ACS accepted it.
  unconfirmed: {
    response: to('sent'),
    refusal: always('settled'),
    silence: to('unconfirmed'),
    event: reports('sent'),
    participants: to('unconfirmed'),
    callEnd: to('unconfirmed'),
    read: to('unconfirmed'),
    deadline: always('settled'),
  },
  // Stronger evidence replaces the presumption; the end of the grace period makes it final.
  presumed: {
    response: stayPresumed,
    refusal: stayPresumed,
    silence: stayPresumed,
    event: reports('presumed'),
    participants: to('presumed'),
    callEnd: to('presumed'),
    read: to('presumed'),
    deadline: always('settled'),
  },
  settled: {
    response: staySettled,
    refusal: staySettled,
    silence: staySettled,
    event: staySettled,
    participants: staySettled,
    callEnd: staySettled,
    read: staySettled,
    deadline: staySettled,
  },
};

/** An input to an operation, with the outcome that it is evidence for. */
export interface Input {
  readonly kind: LifeInput;
  readonly finding?: Finding | undefined;
  /** By when the start event of an operation without a response is due. */
  readonly startDueAt?: string | undefined;
}

/** The time of an input, and when the grace period ends that it may start. */
export interface Clock {
  readonly now: string;
  readonly graceEndsAt: string;
}

/** Whatever ACS responds, or fails to, the operation is no longer just accepted. */
export function nextLife(
  life: Life,
  input: Input & { readonly kind: 'response' | 'refusal' | 'silence' },
  settlement: Settlement | undefined,
  clock: Clock,
): KnownLife;
/** The state after an input; the same object when nothing changed. */
export function nextLife(life: Life, input: Input, settlement: Settlement | undefined, clock: Clock): Life;
export function nextLife(life: Life, input: Input, settlement: Settlement | undefined, clock: Clock): Life {
  const transition = lifeTransitions[life.state][input.kind];
  const finding = strongest(life.state === 'presumed' ? life.finding : undefined, input.finding);
  const until = life.state === 'presumed' ? life.until : clock.graceEndsAt;
  const isFinal = finding !== undefined && (isStrongest(finding, settlement) || until <= clock.now);
  const state = transition[finding === undefined || !input.finding ? 'open' : isFinal ? 'final' : 'provisional'];
  if (finding && state === 'settled' && life.state !== 'settled') {
    return { state, outcome: { ...finding.outcome, settledAt: clock.now } };
  }
  if (finding && state === 'presumed' && input.finding) {
    return { state, finding, until };
  }
  if (state === life.state) {
    return life;
  }
  return state === 'unconfirmed'
    ? { state, ...(input.startDueAt !== undefined && { startDueAt: input.startDueAt }) }
    : { state: 'sent' };
}

/** Whether no evidence can follow that outranks the finding; after the deadline no more is waited for. */
function isStrongest({ evidence }: Finding, settlement: Settlement | undefined): boolean {
  return evidence === 'deadline' || evidenceRanks[evidence] >= evidenceRanks[strongestEvidence(settlement)];
}

/** The strongest evidence that ACS gives of an operation that settles so. */
function strongestEvidence(settlement: Settlement | undefined): Evidence {
  return settlement === undefined || hasLaterFailure(settlement) ? 'event' : settlement.by;
}

/** Of equal evidence the later counts: it is derived from what is known now. */
function strongest(known: Finding | undefined, found: Finding | undefined): Finding | undefined {
  return known && (!found || evidenceRanks[known.evidence] > evidenceRanks[found.evidence]) ? known : found;
}
