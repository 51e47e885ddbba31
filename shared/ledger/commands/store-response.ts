/** Last step of a command: stores the response of ACS with the call, and publishes what it settles. */
import { storedResult } from '../../calls/masking.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { hasStoredResponse } from '../../calls/operation-life/recently-settled.ts';
import { originOf } from '../../calls/origin.ts';
import { AppError } from '../../errors.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { measureOperation } from '../../telemetry/metrics.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';
import { commit } from '../commit.ts';
import { indexAcsIds } from '../events/acs-ids.ts';
import { eventNotification, settledNotification } from '../events/notifications.ts';
import { reportStatus } from '../events/report-status.ts';
import { awaitGrace, clockOf } from '../events/settle.ts';
import type { Ledger } from '../ledger.ts';
import { type AppliedResponse, applyResponse } from './apply-response.ts';
import { indexRecordings } from './recording-target.ts';
import type { Response } from './response-finding.ts';

/** Stores the response, after the writes of the call that wait in its queue on this instance. */
export function storeResponse(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  stored: Stored,
  exchange: Response,
): Promise<Progress> {
  return ledger.callQueues.run(intent.callId, () => write(ledger, operation, intent, stored, exchange));
}

/**
 * Writes the exchange; after a write conflict, into the call as it is now. A response that is stored is left as it is: a
 * write whose acknowledgement was lost is sent again, and events may have settled the operation since.
 */
async function write(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  first: Stored,
  exchange: Response,
): Promise<Progress> {
  let stored: Stored | undefined = first;
  while (stored) {
    const written = hasStoredResponse(stored.record, intent.operationId)
      ? await ledger.calls.readProgress(intent.callId, intent.operationId)
      : undefined;
    if (written) {
      return written;
    }
    const applied = applyResponse(stored.record, operation, intent, exchange, clockOf(ledger));
    const { call, progress, timeline, outcome } = applied;
    const change = {
      before: stored.record,
      call: { record: call, etag: stored.etag },
      progress: [intent.operationId, storedResult(progress, intent)] as const,
      timeline,
    };
    await indexRecordings(ledger, stored.record, call);
    await indexAcsIds(ledger, stored.record, call);
    const concerned = outcome && intent.digitsSequenceId !== undefined ? [intent.digitsSequenceId] : [];
    if ((await commit(ledger, change, notificationsOf(intent, applied), concerned)) === 'written') {
      ledger.connections.add(call.callId, call.callConnectionId);
      reportStatus(ledger.log, stored.record, call);
      awaitGrace(ledger, call);
      if (outcome) {
        const { callId, operationId, name } = intent;
        const { status, settledBy } = outcome;
        ledger.log.operationSettled({ callId, operationId, operation: name, status, settledBy });
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

/** The events that arrived before the response, and how the operation ended, if it has. */
function notificationsOf(intent: Intent, { call, buffered, outcome }: AppliedResponse): Notification[] {
  const { callId, operationId, name } = intent;
  const origin = originOf(intent);
  return [
    ...buffered.map((event) => eventNotification(call, event, origin)),
    ...(outcome ? [settledNotification(callId, { operationId, name, outcome }, origin)] : []),
  ];
}
