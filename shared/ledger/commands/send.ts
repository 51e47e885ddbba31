/** Third step of a command: asks ACS under the operation's id, and stores the response. */
import { type AcsRefusal, type Exchange, exchange, isGone } from '../../acs/client/exchange.ts';
import { asOperation } from '../../acs/client/request-scope.ts';
import { isReachable } from '../../calls/call.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import { checkStorageTime } from '../../storage-time.ts';
import { inRequestSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import type { Accepted } from './accept.ts';
import { withdrawnUnlessSent } from './claim.ts';
import { ensureLease } from './lease.ts';
import { overtaken } from './overtaken.ts';
import { targetRecording } from './recording-target.ts';
import { storeResponse } from './store-response.ts';

/** How far an operation got by a request, and the refusal of ACS, if that was its response. */
export interface Sent {
  readonly progress: Progress;
  readonly refusal?: AcsRefusal;
}

/**
 * Sends the request of a claimed operation once, and stores how ACS responded. An operation that waits for a call that ACS
 * has not named yet is stored as deferred: it is sent when an event names the call.
 */
export async function sendAndStore(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  { input, stored, otherConnectionId }: Accepted,
): Promise<Sent> {
  const { operationId, callId, name } = intent;
  if (operation.waitsForConnection && !isReachable(stored.record)) {
    const progress = await storeResponse(ledger, operation, intent, stored, { kind: 'deferred' });
    await releaseLease(ledger, operationId);
    return { progress };
  }
  await withdrawnUnlessSent(ledger, intent, async () => {
    await ensureLease(ledger, intent);
    checkStorageTime();
  });
  const request = {
    acs: ledger.acs,
    input,
    incomingCallContext: stored.record.incoming?.context ?? '',
    callConnectionId: stored.record.callConnectionId ?? '',
    serverCallId: stored.record.serverCallId ?? '',
    otherConnectionId,
    recording: targetRecording(ledger, stored, intent.recordingId),
    callbackUrl: ledger.callbackUrl(callId),
    cognitiveServicesEndpoint: ledger.cognitiveServicesEndpoint,
    options: { operationContext: operationId },
  };
  const digits = operation.digitsAfter?.(input);
  await (digits && ledger.startDigits(intent, digits));
  const terms = {
    operationId,
    firstSentAt: intent.createdAt,
    timeoutSeconds: ledger.acsTimeoutSeconds,
    once: operation.repeatsOnRetry ?? false,
  };
  const exchanged = await inRequestSpan(`ACS ${name}`, { callId, operationId }, () =>
    exchange(() => asOperation(terms, () => operation.send(request))),
  );
  const outcome = await overtaken(ledger, operation, callId, withoutGone(operation, exchanged));
  report(ledger, { callId, operationId, operation: name }, outcome);
  const progress = await storeResponse(ledger, operation, intent, stored, outcome);
  return { progress, ...(outcome.kind === 'refused' && { refusal: outcome }) };
}

/** Nothing was sent: whichever process learns of the call's connection sends it at once. */
async function releaseLease(ledger: Pick<Ledger, 'calls' | 'now'>, operationId: string): Promise<void> {
  await ledger.calls.changeIntent(operationId, (intent) => ({ ...intent, leaseUntil: ledger.now() }));
}

/** A 404 satisfies an operation that ends its target: a retry gets it too, since ACS keeps no response of a target that ended. */
function withoutGone(operation: Operation, outcome: Exchange<AcsResponse>): Exchange<AcsResponse> {
  const isSatisfied = operation.satisfiedBy?.includes('acsNotFound') && outcome.kind === 'refused' && isGone(outcome);
  return isSatisfied ? { kind: 'answered', answer: {} } : outcome;
}

function report(
  ledger: Pick<Ledger, 'log'>,
  ids: { callId: string; operationId: string; operation: string },
  outcome: Exchange<AcsResponse>,
): void {
  if (outcome.kind === 'answered') {
    ledger.log.operationSent(ids);
  } else if (outcome.kind === 'refused') {
    ledger.log.operationRefused({ ...ids, acsStatus: outcome.status, acsCode: outcome.code });
  } else {
    ledger.log.operationUnconfirmed(ids);
  }
}
