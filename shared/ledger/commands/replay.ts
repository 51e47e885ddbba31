/** Answers a repeated request with the operation that its key names, and finishes what an earlier process left undone. */
import { type Intent, isSettled, type Progress, toOperation } from '../../calls/operation-life/operation-record.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../ledger.ts';
import { readOperation } from '../reads/read.ts';
import { type Command, fingerprint, type Performed } from './command.ts';
import { inProgress, isLeaseOver, isQueued, isRepeatable } from './lease.ts';
import { takeover } from './takeover.ts';

/** How long a replay waits for the response to the first request, which is mostly a moment away. */
const responseWithinMs = 2000;
const pollMs = 200;

/** Whether the key of a command has claimed an operation. */
export async function wasPerformed(ledger: Pick<Ledger, 'calls'>, { idempotencyKey }: Command): Promise<boolean> {
  return idempotencyKey !== undefined && (await ledger.calls.readIntent(idempotencyKey)) !== undefined;
}

/**
 * The operation of an earlier command under the same key. Without a response it is answered 503 while the lease of the first
 * request lasts, and the replay is the takeover afterwards: a 202 always stands for what ACS was asked. When its event may
 * have been lost, the call is read at ACS.
 */
export async function replay(ledger: Ledger, command: Command, operationId: string): Promise<Performed> {
  const intent = await ledger.calls.readIntent(operationId);
  if (!intent || intent.fingerprint !== fingerprint(command)) {
    throw new AppError('idempotencyKeyReused', 'This Idempotency-Key was used for another request; choose a new one.');
  }
  if (isQueued(ledger, intent)) {
    return { operation: toOperation(intent, undefined), replayed: true };
  }
  const progress = await responseOf(ledger, intent);
  if (progress && isSettled(progress)) {
    return { operation: toOperation(intent, progress), replayed: true };
  }
  if (!progress || (isUnconfirmed(progress) && isLeaseOver(ledger, intent) && isRepeatable(ledger, intent))) {
    return finish(ledger, intent, progress);
  }
  return isLeaseOver(ledger, intent)
    ? { operation: await readOperation(ledger, operationId, true), replayed: true }
    : { operation: toOperation(intent, progress), replayed: true };
}

/** How far the operation got, once its first request has a response or its lease is over. */
async function responseOf(ledger: Ledger, { callId, operationId }: Intent): Promise<Progress | undefined> {
  const until = Date.now() + responseWithinMs;
  for (;;) {
    const progress = await ledger.calls.readProgress(callId, operationId);
    const intent = progress ? undefined : await ledger.calls.readIntent(operationId);
    if (progress || !intent || isLeaseOver(ledger, intent) || Date.now() > until) {
      return progress;
    }
    await ledger.settlementSignal.wait(operationId, pollMs);
  }
}

/** ACS did not respond in time: the request may never have reached it. */
function isUnconfirmed({ status, presumedUntil }: Progress): boolean {
  return status === 'accepted' && presumedUntil === undefined;
}

async function finish(ledger: Ledger, known: Intent, progress: Progress | undefined): Promise<Performed> {
  const stored = await ledger.calls.readCall(known.callId);
  const sent = stored && (await takeover(ledger, known, stored, 'caller'));
  if (sent) {
    return { operation: toOperation(known, sent.progress), replayed: true, ...sent };
  }
  if (progress) {
    return { operation: toOperation(known, progress), replayed: true };
  }
  throw inProgress(ledger, (await ledger.calls.readIntent(known.operationId)) ?? known);
}
