/**
 * The limits that are counted over all instances: which calls hold a slot, which operations wait for one, and how many people
 * were called in the current second. One document, which all instances change in turn. Pure.
 */

/** The limits that are counted. */
export type CountedLimit = 'maxOpenCalls' | 'maxOpenCallsPerCallerId' | 'maxCallsPerSecond';

/** An operation that needs the limits' consent. */
export interface Candidate {
  readonly operationId: string;
  /** It makes a call, which has the operation's id and holds a slot until it is over. */
  readonly isCall: boolean;
  /** ACS calls someone for it. */
  readonly dials: boolean;
  /** The hash of the caller id of its call. */
  readonly caller?: string;
  /** It waits for its slot until then; without, it does not wait. */
  readonly until?: string;
  /** Its call is at ACS already: it holds a slot whatever the limits are, so that no other call gets it. */
  readonly isLive?: true;
}

interface Waiting extends Candidate {
  readonly until: string;
}

export interface SlotState {
  /** The calls that hold a slot, by id. */
  readonly held: Readonly<Record<string, { readonly since: string; readonly caller?: string }>>;
  /** In the order in which they were requested. */
  readonly waiting: readonly Waiting[];
  /** The last second in which someone was called, and how often. */
  readonly second: number;
  readonly dials: number;
}

export const noSlots: SlotState = { held: {}, waiting: [], second: 0, dials: 0 };

/** The most calls that are counted: their document must fit a row. A limit for each caller id implies it. */
export const mostHeld = 2000;

/** The most operations that wait, for the same reason. */
export const mostWaiting = 1000;

/** Operations that ask for a slot, and calls that are over, or that wait no more. */
export interface SlotRequests {
  readonly entering: readonly Candidate[];
  readonly leaving: readonly string[];
}

export interface SlotChange {
  readonly state: SlotState;
  /** For each that asked: the limit that keeps it out, if one does. */
  readonly reached: readonly (CountedLimit | undefined)[];
  /** Operations that waited and have their slots now. */
  readonly admitted: readonly string[];
  /** Operations whose time to wait is over. */
  readonly expired: readonly string[];
}

type CountedLimits = Readonly<Record<CountedLimit, number | null>>;

/** Whether open calls are counted. */
export function isCountingCalls({ maxOpenCalls, maxOpenCallsPerCallerId }: CountedLimits): boolean {
  return maxOpenCalls !== null || maxOpenCallsPerCallerId !== null;
}

/** Whether any limit is counted. */
export function isCounting(limits: CountedLimits): boolean {
  return isCountingCalls(limits) || limits.maxCallsPerSecond !== null;
}

/**
 * Applies requests. Those that wait come first, in their order: who waits for one caller id does not keep out the others.
 * Someone who holds a slot or waits already is not counted again.
 */
export function changeSlots(before: SlotState, requests: SlotRequests, limits: CountedLimits, now: string): SlotChange {
  let state = without(before, requests.leaving);
  const admit = (candidate: Candidate): CountedLimit | undefined => {
    const limit = reachedBy(state, candidate, limits, now);
    state = limit === undefined ? without(taken(state, candidate, now), [], [candidate]) : state;
    return limit;
  };
  const due = state.waiting.filter(({ until }) => until <= now);
  state = without(state, [], due);
  const admitted = state.waiting.filter((one) => admit(one) === undefined);
  const reached = requests.entering.map((candidate) => {
    if (state.held[candidate.operationId]) {
      return undefined;
    }
    if (candidate.isLive) {
      state = without(taken(state, candidate, now), [], [candidate]);
      return undefined;
    }
    const limit = admit(candidate);
    state = limit === undefined ? state : waitingFor(state, candidate);
    return limit;
  });
  const idsOf = (candidates: readonly Candidate[]) => candidates.map(({ operationId }) => operationId);
  return { state, reached, admitted: idsOf(admitted), expired: idsOf(due) };
}

/** The limit that keeps a candidate out. */
function reachedBy(
  { held, second, dials }: SlotState,
  { isCall, dials: isDial, caller }: Candidate,
  { maxOpenCalls, maxOpenCallsPerCallerId, maxCallsPerSecond }: CountedLimits,
  now: string,
): CountedLimit | undefined {
  const slots = Object.values(held);
  const ofCaller = () => slots.filter((slot) => slot.caller === caller).length;
  if (isCall && slots.length >= (maxOpenCalls ?? mostHeld)) {
    return 'maxOpenCalls';
  }
  if (isCall && maxOpenCallsPerCallerId !== null && caller !== undefined && ofCaller() >= maxOpenCallsPerCallerId) {
    return 'maxOpenCallsPerCallerId';
  }
  const ofSecond = secondOf(now) > second ? 0 : dials;
  return isDial && maxCallsPerSecond !== null && ofSecond >= maxCallsPerSecond ? 'maxCallsPerSecond' : undefined;
}

function taken(state: SlotState, { operationId, isCall, dials, caller }: Candidate, now: string): SlotState {
  const slot = { since: now, ...(caller !== undefined && { caller }) };
  const held = isCall ? { ...state.held, [operationId]: slot } : state.held;
  if (!dials) {
    return { ...state, held };
  }
  // The clock of another instance may be ahead: its second counts until this one has reached it.
  const second = Math.max(secondOf(now), state.second);
  return { ...state, held, second, dials: second > state.second ? 1 : state.dials + 1 };
}

function waitingFor(state: SlotState, { until, ...candidate }: Candidate): SlotState {
  const isWaiting = state.waiting.some(({ operationId }) => operationId === candidate.operationId);
  return until === undefined || isWaiting ? state : { ...state, waiting: [...state.waiting, { ...candidate, until }] };
}

function without(state: SlotState, leaving: readonly string[], served: readonly Candidate[] = []): SlotState {
  const left = new Set(leaving);
  const gone = new Set([...leaving, ...served.map(({ operationId }) => operationId)]);
  const isSame =
    !state.waiting.some(({ operationId }) => gone.has(operationId)) && !leaving.some((id) => state.held[id]);
  return isSame
    ? state
    : {
        ...state,
        held: Object.fromEntries(Object.entries(state.held).filter(([callId]) => !left.has(callId))),
        waiting: state.waiting.filter(({ operationId }) => !gone.has(operationId)),
      };
}

function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
