/** A line for built-in sequences: a world in which operations depend on one another as in a call of ACS. */

import type { BuiltIn } from '../../../../shared/sequences/built-in/define-sequence.ts';
import { builtIns } from '../../../../shared/sequences/built-in/index.ts';
import type { StepCommand, StepRecord } from '../../../../shared/sequences/interpreter/state.ts';
import { readRequest } from '../../../../shared/sequences/request.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { callId, type Fate, runIn, type World } from '../world.ts';

/** The results of operations that succeed. */
const results: Readonly<Record<string, (ask: StepCommand) => Readonly<Record<string, unknown>>>> = {
  addParticipant: ({ operationId: invitationId }) => ({ invitationId }),
  startRecording: ({ operationId: recordingId }) => ({ recordingId }),
  recognize: () => ({ recognitionType: 'dtmf', tones: ['one'] }),
};

/** An operation succeeds. */
export function succeed(ask: StepCommand): Fate {
  const result = results[ask.operation]?.(ask);
  return { status: 'succeeded', ...(result && { result }) };
}

/** An operation fails. */
export function fail({ operation }: StepCommand): Fate {
  return { status: 'failed', error: { code: `${operation}Failed`, message: `ACS reported that ${operation} failed.` } };
}

/** The caller presses tones. */
export function press(...tones: string[]) {
  return { status: 'succeeded', result: { recognitionType: 'dtmf', tones } } as const;
}

export interface Line extends World {
  readonly hasEnded: boolean;
  /** The status of the sequence. */
  readonly status: string;
  /** The operations that were commanded. */
  readonly names: string[];
  /** The records of the steps of an operation. */
  stepsOf(operation: string): StepRecord[];
}

/** The person in the call whom a built-in serves that names no one. */
const someone = '+14255550199';

function builtInNamed(name: string): BuiltIn | undefined {
  return builtIns.find((one) => one.name === name);
}

/** The person whom a built-in serves; undefined when it serves no one. */
export function servedBy(name: string, input: Readonly<Record<string, unknown>>): string | undefined {
  const { serves } = builtInNamed(name) ?? {};
  return serves && String(input[serves] ?? someone);
}

/** Starts a built-in on a line. After the end of the call every operation is rejected, those in `refuses` always. */
export function start(name: string, input: Readonly<Record<string, unknown>>, refuses: readonly string[] = []): Line {
  const makesCall = name === 'roomCall';
  const { definition } = readRequest({ name, input: makesCall ? input : { callId, ...input } });
  let hasEnded = false;
  const fates = (ask: StepCommand): Fate | undefined => {
    if (hasEnded) {
      return { refused: { code: 'callEnded', message: 'The call has ended.' } };
    }
    if (refuses.includes(ask.operation)) {
      return { refused: { code: 'acsRefused', message: 'ACS refused.' } };
    }
    // ACS responds with the id of the invitation at once.
    return ask.operation === 'addParticipant' ? { ...succeed(ask), status: 'sent' } : undefined;
  };
  const participants = [servedBy(name, input) ?? someone];
  const world = runIn(definition, { input, fates, hasCall: !makesCall, participants: makesCall ? [] : participants });
  world.advance();
  const line: Line = {
    ...world,
    get open() {
      return world.open;
    },
    get state() {
      return world.state;
    },
    get participants() {
      return world.participants;
    },
    get wakeAt() {
      return world.wakeAt;
    },
    get hasEnded() {
      return hasEnded;
    },
    get status() {
      return statusOf(world.state);
    },
    get names() {
      return world.commands.map(({ operation }) => operation);
    },
    stepsOf: (operation) => Object.values(world.state.steps).filter((step) => step.do === operation),
    endCall(moment) {
      hasEnded = true;
      return world.endCall(moment);
    },
    settle(which, fate) {
      const ask = world.open.findLast((one) => one === which || one.operation === which);
      if (ask?.operation !== 'cancelAddParticipant' || !isSuccess(fate)) {
        const state = world.settle(which, fate);
        return ask?.operation === 'hangUp' && isSuccess(fate) ? line.endCall() : state;
      }
      const invited = world.open.find(({ operationId }) => operationId === ask.input.invitationId);
      world.settle(ask, invited ? fate : fail(ask));
      return invited ? world.settle(invited, { status: 'canceled' }) : world.state;
    },
  };
  return line;
}

function isSuccess(fate: Fate): boolean {
  return 'status' in fate && fate.status === 'succeeded';
}

/** What interrupts a sequence before a settlement, and the outcome of operations after it. */
export interface Interruption {
  readonly before: number;
  readonly what: 'cancel' | 'callEnd' | 'departure';
  /** Who leaves, on a departure. */
  readonly who?: string;
  readonly then: (ask: StepCommand) => Fate;
}

function interrupt(line: Line, { what, who = '' }: Interruption): void {
  if (what === 'departure') {
    line.leave(who);
  } else {
    what === 'cancel' ? line.cancel() : line.endCall();
  }
}

const maxSettlements = 500;

/**
 * Runs a line to its end, each operation with its outcome; the last command settles first, or last. Time passes when nothing
 * is open. Returns the number of settlements and of waits.
 */
export function finish(
  line: Line,
  fate: (ask: StepCommand) => Fate,
  { order = 'last', interruption }: { order?: 'first' | 'last'; interruption?: Interruption } = {},
): number {
  for (let count = 0; count < maxSettlements; count += 1) {
    if (count === interruption?.before) {
      interrupt(line, interruption);
    }
    if (line.status !== 'running') {
      return count;
    }
    const ask = line.open.at(order === 'last' ? -1 : 0);
    const fateNow = interruption && count >= interruption.before ? interruption.then : fate;
    ask ? line.settle(ask, fateNow(ask)) : line.elapse();
  }
  throw new Error(`does not end: ${JSON.stringify(line.state)}`);
}
