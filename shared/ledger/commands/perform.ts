/**
 * Performs an operation: accept, claim, send, store. Three storage transactions: the read of the call (for a new call: its
 * index row), the intent, the response. The intent is durable before ACS is asked, and a retry asks under the same id, so a
 * crash between any two steps never makes a second call.
 */
import { randomUUID } from 'node:crypto';
import { toOperation } from '../../calls/operation-life/operation-record.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { inSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import { reconcileCall } from '../upkeep/reconcile-call.ts';
import { type Accepted, accept } from './accept.ts';
import { claim } from './claim.ts';
import type { Command, Performed } from './command.ts';
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
    const stored = await readBeforeEnd(ledger, command.operation, claimed.stored);
    const { progress, ...refused } = await sendAndStore(ledger, command.operation, intent, { ...accepted, stored });
    return { operation: toOperation(intent, progress), replayed: false, ...refused };
  });
}

/** The longest that a read at ACS delays the end of a call. */
const readWithinSeconds = 2;

/**
 * The call before an operation ends it. One that still connects is read at ACS first: its CallConnected may be lost, and
 * after its end nothing would show that it had been connected.
 */
async function readBeforeEnd(ledger: Ledger, { settles }: Operation, stored: Stored): Promise<Stored> {
  const { callId, status, callConnectionId } = stored.record;
  if (settles.by !== 'callEnd' || status !== 'connecting' || callConnectionId === undefined) {
    return stored;
  }
  const acsTimeoutSeconds = Math.min(readWithinSeconds, ledger.acsTimeoutSeconds);
  await reconcileCall({ ...ledger, acsTimeoutSeconds }, stored);
  return (await ledger.calls.readCall(callId)) ?? stored;
}

/** A command that would be refused now may have been performed before: then it is replayed, not refused. */
async function acceptUnlessPerformed(
  ledger: Ledger,
  command: Command,
  operationId: string,
): Promise<Accepted | undefined> {
  try {
    return await accept(ledger, command, operationId);
  } catch (error) {
    if (await wasPerformed(ledger, command)) {
      return undefined;
    }
    throw error;
  }
}
