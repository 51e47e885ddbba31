/** Sends the operations that waited until ACS named their call: a hang-up of a call that was unknown. */
import { type CallRecord, hasEnded, isReachable } from '../../calls/call.ts';
import { changeCall } from '../change-call.ts';
import { takeLease } from '../commands/lease.ts';
import { sendTaken } from '../commands/send.ts';
import type { Ledger } from '../ledger.ts';

/**
 * Sends what the call's new connection makes possible. Its outcome may have settled as indeterminate before; the request is
 * kept until it was sent, or the call has ended.
 */
export async function sendDeferred(ledger: Ledger, call: CallRecord): Promise<void> {
  for (const operationId of call.deferred ?? []) {
    if (hasEnded(call) || (isReachable(call) && (await send(ledger, operationId)))) {
      await changeCall(ledger, call.callId, (one) => withoutDeferred(one, operationId));
    }
  }
}

/** Whether it was sent; not when another process has its lease. */
async function send(ledger: Ledger, operationId: string): Promise<boolean> {
  return (await sendTaken(ledger, await takeLease(ledger, operationId))) !== undefined;
}

function withoutDeferred(call: CallRecord, operationId: string): CallRecord {
  const { deferred = [], ...others } = call;
  const left = deferred.filter((id) => id !== operationId);
  return left.length > 0 ? { ...others, deferred: left } : others;
}
