/** A world for the interpreter: a test chooses the outcomes of operations, lets time pass and ends the call. */
import { advance } from '../../../shared/sequences/interpreter/interpreter.ts';
import {
  newState,
  type OperationSnapshot,
  type Plan,
  type Snapshot,
  type State,
  type StepCommand,
  type StepError,
} from '../../../shared/sequences/interpreter/state.ts';
import type { Definition } from '../../../shared/sequences/language/definition.ts';
import { parseDefinition } from '../../../shared/sequences/language/schema.ts';

export const callId = '7d1f0a52-0c3e-4c55-9a53-3c2a6c1a0b11';

type Outcome = Pick<OperationSnapshot, 'status' | 'result' | 'error'>;

/** How an operation goes: its outcome at once, later, or the error that rejects it. */
export type Fate = Outcome | { readonly refused: StepError };

export interface World {
  readonly commands: StepCommand[];
  /** Those without an outcome so far. */
  readonly open: StepCommand[];
  /** Advances until the sequence waits. */
  advance(): State;
  /** An operation that is open settles; of a name, the last. */
  settle(which: string | StepCommand, outcome: Fate): State;
  passTime(milliseconds: number): State;
  /** Lets time pass until something is due. */
  elapse(): State;
  /** The call ends, after a time and with an event, before the sequence advances again. */
  endCall(moment?: { readonly afterMs?: number; readonly with?: string }): State;
  receiveEvent(event: string): State;
  /** Tones that ACS reports to each recognition that was started and not stopped. */
  press(...tones: string[]): State;
  /** ACS reports that it cannot listen any more. */
  stopReporting(): State;
  /** A participant leaves the call; the others are those who have joined. */
  leave(participant: string): State;
  cancel(): State;
  /** Those who are in the call. */
  readonly participants: readonly string[];
  readonly state: State;
  readonly wakeAt: string | undefined;
}

/** A sequence in a world where operations stay open until the test settles them, unless `fates` has an outcome. */
export function runIn(
  definition: Definition,
  {
    input = {},
    fates = () => undefined,
    hasCall = true,
    participants = [],
  }: {
    input?: Plan['input'];
    fates?: (ask: StepCommand) => Fate | undefined;
    hasCall?: boolean;
    participants?: readonly string[];
  } = {},
): World {
  const { definition: read, errors } = parseDefinition(definition);
  if (errors.length > 0) {
    throw new Error(JSON.stringify(errors));
  }
  const startMs = Date.parse('2026-01-01T00:00:00.000Z');
  const plan: Plan = {
    sequenceId: '11111111-2222-4333-8444-555555555555',
    createdAt: new Date(startMs).toISOString(),
    input,
    definition: read,
  };
  const operations: Record<string, OperationSnapshot> = {};
  const rejections: Record<string, StepError> = {};
  const events: { position: number; event: string; at: string }[] = [];
  const commands: StepCommand[] = [];
  const listening: Record<string, { hasFailed: boolean; tones: string[] }> = {};
  const stopped = new Set<string>();
  let nowMs = startMs;
  let hasCallEnded = false;
  const present = new Set(participants);
  const departed = new Set<string>();
  let state = newState(hasCall ? callId : undefined);
  let wakeAt: string | undefined;

  /** A success brings a participant into the call, or takes one out of it. */
  function decide({ operationId, operation, input: given }: StepCommand, fate: Fate): void {
    if ('status' in fate && fate.status === 'succeeded') {
      if (operation === 'addParticipant') {
        present.add(String(given.target));
      } else if (operation === 'removeParticipant') {
        depart(String(given.participant));
      }
    }
    listen(operationId, operation, fate);
    if ('refused' in fate) {
      rejections[operationId] = fate.refused;
    } else {
      operations[operationId] = { callId, ...fate };
    }
  }

  function listen(operationId: string, operation: string, fate: Fate): void {
    if (operation === 'startContinuousDtmfRecognition' && 'status' in fate && fate.status !== 'failed') {
      listening[operationId] ??= { hasFailed: false, tones: [] };
    } else if (operation === 'stopContinuousDtmfRecognition') {
      for (const id of Object.keys(listening)) {
        stopped.add(id);
      }
    }
  }

  function depart(participant: string): void {
    if (present.delete(participant)) {
      departed.add(participant);
    }
  }

  function takeSnapshot(): Snapshot {
    const now = new Date(nowMs).toISOString();
    return {
      now,
      operations: structuredClone(operations),
      rejections,
      hasCallEnded,
      present: [...present],
      departed: [...departed],
      events,
      eventCount: events.length,
      listening: structuredClone(listening),
    };
  }

  function addEvent(event: string): void {
    events.push({ position: events.length + 1, event, at: new Date(nowMs).toISOString() });
  }

  function open(): StepCommand[] {
    return commands.filter(({ operationId }) => operations[operationId]?.status === 'sent');
  }

  function take(ask: StepCommand): void {
    if (operations[ask.operationId]) {
      throw new Error(`${ask.operation} was commanded twice`);
    }
    commands.push(ask);
    decide(ask, fates(ask) ?? { status: 'sent' });
  }

  function go(): State {
    for (;;) {
      const snapshot = takeSnapshot();
      const next = advance(plan, state, snapshot);
      const again = advance(plan, JSON.parse(JSON.stringify(next.state)), snapshot);
      if (JSON.stringify(again.state) !== JSON.stringify(next.state)) {
        throw new Error(`not settled: ${JSON.stringify(again.state)} after ${JSON.stringify(next.state)}`);
      }
      state = next.state;
      wakeAt = next.wakeAt;
      if (next.commands.length === 0) {
        return state;
      }
      next.commands.forEach(take);
    }
  }

  return {
    commands,
    advance: go,
    get open() {
      return open();
    },
    settle(which, fate) {
      const ask = open().findLast((one) => one === which || one.operation === which);
      if (!ask) {
        throw new Error(`no ${typeof which === 'string' ? which : which.operation} is open`);
      }
      decide(ask, fate);
      return go();
    },
    passTime(milliseconds) {
      nowMs += milliseconds;
      return go();
    },
    elapse() {
      if (wakeAt === undefined) {
        throw new Error(`nothing is due: ${JSON.stringify(state)}`);
      }
      nowMs = Math.max(nowMs, Date.parse(wakeAt));
      return go();
    },
    endCall({ afterMs = 0, with: event } = {}) {
      nowMs += afterMs;
      hasCallEnded = true;
      if (event !== undefined) {
        addEvent(event);
      }
      for (const [id, operation] of Object.entries(operations)) {
        if (operation.status === 'sent') {
          const error = { code: 'callEnded', message: 'The call ended before the operation settled.' };
          operations[id] = { ...operation, status: 'failed', error };
        }
      }
      return go();
    },
    receiveEvent(event) {
      addEvent(event);
      return go();
    },
    press(...tones) {
      for (const [id, one] of Object.entries(listening)) {
        one.tones.push(...(stopped.has(id) ? [] : tones));
      }
      return go();
    },
    stopReporting() {
      for (const one of Object.values(listening)) {
        one.hasFailed = true;
      }
      return go();
    },
    leave(participant) {
      depart(participant);
      return go();
    },
    cancel() {
      state = { ...state, cancelRequestedAt: new Date(nowMs).toISOString() };
      return go();
    },
    get participants() {
      return hasCallEnded ? [] : [...present];
    },
    get state() {
      return state;
    },
    get wakeAt() {
      return wakeAt;
    },
  };
}
