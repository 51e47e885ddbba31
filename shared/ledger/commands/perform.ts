/**
 * Performs an operation: accept, admit, claim, send, store. Three storage transactions: the read of the call (for a new call: its
 * index row), the intent, the response. The intent is durable before ACS is asked, and a retry asks under the same id, so a
 * crash between any two steps never makes a second call.
 */
import { randomUUID } from 'node:crypto';
import { toOperation } from '../../calls/operation-life/operation-record.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { inSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import { type Accepted, accept } from './accept.ts';
import { admit } from './admission.ts';
import { claim } from './claim.ts';
import type { Command, Performed } from './command.ts';
import { cancelQueued, enqueue } from './queue.ts';
import { replay, wasPerformed } from './replay.ts';
import { sendAndStore } from './send.ts';

export type { Performed };

/** Performs a command, or replays it when its key was used for the same command before. */
export function perform(ledger: Ledger, command: Command): Promise<Performed> {
  const operationId = command.idempotencyKey ?? randomUUID();
  return inSpan(command.operation.name, { operationId }, async () => {
    const accepted = await acceptUnlessPerformed(ledger, command, operationId);
    const claimed = accepted && (await claim(ledger, command, operationId, accepted));
    if (!claimed) {
      return replay(ledger, command, operationId);
    }
    const { intent } = claimed;
    if (intent.queuedUntil !== undefined) {
      const sent = await enqueue(ledger, intent);
      return { operation: toOperation(intent, sent?.progress), replayed: false, ...sent };
    }
    const stored = await withoutQueued(ledger, command.operation, claimed.stored);
    const { progress, ...refused } = await sendAndStore(ledger, command.operation, intent, { ...accepted, stored });
    return { operation: toOperation(intent, progress), replayed: false, ...refused };
  });
}

/** The call before an operation ends it: what waits for a limit is canceled. */
async function withoutQueued(ledger: Ledger, { settles }: Operation, stored: Stored): Promise<Stored> {
  const { callId, slot } = stored.record;
  if (settles.by !== 'callEnd' || slot !== 'waiting') {
    return stored;
  }
  await cancelQueued(ledger, stored);
  return (await ledger.calls.readCall(callId)) ?? stored;
}

/** The command with what it acts on. One that would be refused now may have been performed before: then it is replayed, not refused. */
async function acceptUnlessPerformed(
  ledger: Ledger,
  command: Command,
  operationId: string,
): Promise<Accepted | undefined> {
  try {
    return await admit(ledger, command, operationId, await accept(ledger, command, operationId));
  } catch (error) {
    if (await wasPerformed(ledger, command)) {
      return undefined;
    }
    throw error;
  }
}
