/** Carries a sequence of steps on, and brings any sequence to its end. */
import { withoutWatcher } from '../../calls/watchers.ts';
import { changeCall } from '../../ledger/change-call.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { EndedSequence, IndexedSequence } from '../../storage/sequences.ts';
import { sequenceEnded } from '../../webhooks/cloud-event.ts';
import { advance } from '../interpreter/interpreter.ts';
import type { Plan, State } from '../interpreter/state.ts';
import { advanceWith } from './advance-step-sequence.ts';
import { statusOf, toSequence } from './sequence.ts';
import type { Sequences } from './sequences.ts';

/** How far a sequence came: ids and names only, because Durable keeps it in its history. */
export interface Progress {
  readonly status: string;
  /** The steps that are open. */
  readonly open: readonly string[];
  /** When to look again at the latest; undefined once the sequence has ended. */
  readonly wakeAt?: string;
}

/** Carries a sequence on until only time or an event can. */
export async function advanceSequence(ledger: Ledger, sequences: Sequences, sequenceId: string): Promise<Progress> {
  const driven = await advanceWith(ledger, sequences, sequenceId, advance);
  if (!driven) {
    return { status: 'unknown', open: [] };
  }
  const { plan, state, last } = driven;
  if (state.phase === 'ended') {
    await finish(ledger, sequences, plan, state);
    return progressOf(state);
  }
  return progressOf(state, nextCheckAt(ledger, sequences.recheckSeconds, last?.wakeAt));
}

/** Tells those who want to know, and leaves nothing behind. After a crash it is done again. */
export async function finish(ledger: Ledger, { store }: Sequences, plan: Plan, state: State): Promise<void> {
  const { sequenceId } = plan;
  for (const callId of callsOf(state)) {
    await changeCall(ledger, callId, (call) => withoutWatcher(call, sequenceId));
  }
  const masked = Object.values(state.steps).filter((step) => step.masked && step.callId !== undefined);
  await Promise.all(masked.map((step) => ledger.calls.cover(String(step.callId), String(step.operationId))));
  const { result, steps: _, createdAt: __, cancelRequestedAt: ___, ...ended } = toSequence(plan, state);
  const told = { ...ended, ...(result && masked.length === 0 && { result }) };
  await ledger.notifier.send(await ledger.notifier.address([{ event: sequenceEnded(told, ledger.now()) }]));
  await store.close(endedEntry(plan, state));
  ledger.log.sequenceEnded({ sequenceId, status: ended.status });
}

/** A sequence among those that are over; one that never came to be is over since it was listed. */
export function endedEntry({ sequenceId, createdAt }: IndexedSequence, state?: State): EndedSequence {
  return { sequenceId, createdAt, overSince: state?.endedAt ?? createdAt };
}

/** The calls that it may have watched. */
function callsOf({ callId, steps }: State): Set<string> {
  return new Set([callId, ...Object.values(steps).map((step) => step.callId)].filter((one) => one !== undefined));
}

/** Whatever wakes a sequence, it looks by itself after so long. */
export function nextCheckAt(ledger: Ledger, recheckSeconds: number, wakeAt: string | undefined): string {
  const recheckAt = new Date(Date.parse(ledger.now()) + recheckSeconds * 1000).toISOString();
  return wakeAt !== undefined && wakeAt < recheckAt ? wakeAt : recheckAt;
}

function progressOf(state: State, wakeAt?: string): Progress {
  return { status: statusOf(state), open: openSteps(state), ...(wakeAt !== undefined && { wakeAt }) };
}

/** The steps that are open. */
export function openSteps({ steps }: State): string[] {
  return Object.values(steps)
    .filter(({ status }) => status === 'running')
    .map(({ key }) => key);
}
