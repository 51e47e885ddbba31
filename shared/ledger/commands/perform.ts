/**
 * Performs an operation: accept, claim, send, store. Three storage transactions: the read of the call (for a new call: its
 * index row), the intent, the response. The intent is durable before ACS is asked, and a retry asks under the same id, so a
 * crash between any two steps never makes a second call.
 */
import { randomUUID } from 'node:crypto';
import { inSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
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
    return claimed
      ? sendAndStore(ledger, command.operation, claimed.intent, { ...accepted, stored: claimed.stored })
      : replay(ledger, command, operationId);
  });
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
