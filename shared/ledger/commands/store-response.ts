/** Writes what came of a request to ACS. */
import type { Exchange } from '../../acs/client/exchange.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { hasStoredResponse } from '../../calls/operation-life/recently-settled.ts';
import { originOf } from '../../calls/origin.ts';
import { AppError } from '../../errors.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { measureOperation } from '../../telemetry/metrics.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';
import { commit } from '../commit.ts';
import { eventNotification, settledNotification } from '../events/notifications.ts';
import type { Ledger } from '../ledger.ts';
import { type AppliedResponse, applyResponse } from './apply-response.ts';
import { indexRecordings } from './recording-target.ts';

/** Writes what came of a request, after whatever else is being written of the call here. */
export function storeResponse(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  stored: Stored,
  exchange: Exchange<AcsResponse>,
): Promise<Progress> {
  return ledger.callQueues.run(intent.callId, () => write(ledger, operation, intent, stored, exchange));
}

/**
 * Writes the exchange; when the call moved on meanwhile, into the call as it is now. An answer that has been written is
 * left as it is: a write whose acknowledgement was lost is sent again, and events may have settled the operation since.
 */
async function write(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  first: Stored,
  exchange: Exchange<AcsResponse>,
): Promise<Progress> {
  let stored: Stored | undefined = first;
  while (stored) {
    const written = hasStoredResponse(stored.record, intent.operationId)
      ? await ledger.calls.readProgress(intent.callId, intent.operationId)
      : undefined;
    if (written) {
      return written;
    }
    const taken = applyResponse(stored.record, operation, intent, exchange, ledger.now());
    const { call, progress, timeline, outcome } = taken;
    const change = {
      call: { record: call, etag: stored.etag },
      progress: [intent.operationId, progress] as const,
      timeline,
    };
    await indexRecordings(ledger, stored.record, call);
    if ((await commit(ledger, change, newsOf(intent, taken))) === 'written') {
      ledger.connections.add(call.callId, call.callConnectionId);
      if (outcome) {
        ledger.settlementSignal.notify(intent.operationId);
        measureOperation(intent.name, outcome.status, intent.createdAt, outcome.settledAt);
      }
      return progress;
    }
    stored = await ledger.calls.readCall(intent.callId);
  }
  throw new AppError('callNotFound', 'The call was deleted while the operation ran.', {
    operationId: intent.operationId,
  });
}

/** The events that came before the answer, and how the operation ended, if it has. */
function newsOf(intent: Intent, { held, outcome }: AppliedResponse): Notification[] {
  const { callId, operationId, name } = intent;
  const origin = originOf(intent);
  return [
    ...held.map((event) => eventNotification(callId, event, origin)),
    ...(outcome ? [settledNotification(callId, { operationId, name, outcome }, origin)] : []),
  ];
}
