/** Takeover: finishes an operation whose process ended before it stored ACS's response, from the input in its intent. */
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { operationNamed } from '../../operations/index.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import { isRepeatable, takeLease } from './lease.ts';
import type { Response } from './response-finding.ts';
import { type Sent, sendAndStore } from './send.ts';
import { storeResponse } from './store-response.ts';

/** The side that starts a takeover: the caller by a replay, or the app itself. */
export type Initiator = 'caller' | 'app';

/**
 * Asks ACS again under the same id: it responds as before if it was asked, and acts now otherwise. Where it would act twice,
 * or no longer recognizes the id, the response counts as lost: an event, a read or the deadline settles the operation. What
 * was withdrawn only its caller may still have performed; what has waited for a limit for its whole time is not asked.
 * Undefined when another process has the lease.
 */
export async function takeover(
  ledger: Ledger,
  intent: Intent,
  stored: Stored,
  initiator: Initiator,
): Promise<Sent | undefined> {
  const { operationId, callId, name } = intent;
  const operation = operationNamed(name);
  const isWithdrawn = intent.withdrawn ?? ledger.withdrawals.has(operationId, intent.attemptId);
  const lease = operation && (await takeLease(ledger, operationId));
  if (!operation || !lease) {
    return undefined;
  }
  const settled = (taken: Intent, response: Response): Promise<Progress> =>
    storeResponse(ledger, operation, taken, stored, response);
  if (lease.queuedUntil !== undefined) {
    return { progress: await settled(lease, { kind: 'unsent', why: lease.canceled ? 'canceled' : 'limitReached' }) };
  }
  const taken = { ...lease, takeoverAt: ledger.now(), ...(isWithdrawn && { withdrawn: true as const }) };
  ledger.withdrawals.remove(operationId);
  ledger.log.operationTakeover({ callId, operationId, operation: name });
  if (isWithdrawn && initiator === 'app') {
    return { progress: await settled(taken, { kind: 'unsent', why: 'timedOut' }) };
  }
  if (operation.onRetry === 'performedAgain' || !isRepeatable(ledger, taken)) {
    return { progress: await settled(taken, { kind: 'silence' }) };
  }
  const otherId = operation.otherCall?.(taken.input);
  const other = otherId === undefined ? undefined : await ledger.calls.readCall(otherId);
  const accepted = { input: taken.input, stored, otherConnectionId: other?.record.callConnectionId ?? '' };
  return sendAndStore(ledger, operation, taken, accepted);
}
