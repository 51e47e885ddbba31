/** Third step of a command: asks ACS under the operation's id, and stores the response. */
import { type Exchange, exchange, isGone } from '../../acs/client/exchange.ts';
import { asOperation } from '../../acs/client/request-scope.ts';
import { type Intent, toOperation } from '../../calls/operation-life/operation-record.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import { inRequestSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import type { Accepted } from './accept.ts';
import type { Performed } from './command.ts';
import { targetRecording } from './recording-target.ts';
import { storeResponse } from './store-response.ts';

/** Sends the request of a claimed operation once, and stores how ACS responded. */
export async function sendAndStore(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  { input, stored, otherConnectionId }: Accepted,
): Promise<Performed> {
  const { operationId, callId, name } = intent;
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
  const terms = {
    operationId,
    firstSentAt: intent.createdAt,
    timeoutSeconds: ledger.acsTimeoutSeconds,
    once: operation.repeatsOnRetry ?? false,
  };
  const exchanged = await inRequestSpan(`ACS ${name}`, { callId, operationId }, () =>
    exchange(() => asOperation(terms, () => operation.send(request))),
  );
  const outcome = withoutGone(operation, exchanged);
  report(ledger, { callId, operationId, operation: name }, outcome);
  const progress = await storeResponse(ledger, operation, intent, stored, outcome);
  const refusal = outcome.kind === 'refused' ? { refusal: outcome } : {};
  return { operation: toOperation(intent, progress), replayed: false, ...refusal };
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
