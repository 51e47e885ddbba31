/** Third step of a command: asks ACS under the operation's id, and stores the response. */
import { type AcsRefusal, type Exchange, exchange, isGone } from '../../acs/client/exchange.ts';
import { asOperation } from '../../acs/client/request-scope.ts';
import { isReachable } from '../../calls/call.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { operationNamed } from '../../operations/index.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { checkStorageTime } from '../../storage-time.ts';
import { inRequestSpan } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import { readBeforeEnd } from '../upkeep/reconcile-call.ts';
import type { Accepted } from './accept.ts';
import { withdrawnUnlessSent } from './claim.ts';
import { ensureLease, firstSentAt } from './lease.ts';
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
  const known = await readIfEnding(ledger, operation, stored);
  await withdrawnUnlessSent(ledger, intent, async () => {
    await ensureLease(ledger, intent);
    checkStorageTime();
  });
  const request = {
    acs: ledger.acs,
    input,
    incomingCallContext: known.record.incoming?.context ?? '',
    callConnectionId: known.record.callConnectionId ?? '',
    serverCallId: known.record.serverCallId ?? '',
    otherConnectionId,
    recording: targetRecording(ledger, known, intent.recordingId),
    callbackUrl: ledger.callbackUrl(callId),
    cognitiveServicesEndpoint: ledger.cognitiveServicesEndpoint,
    options: { operationContext: operationId },
  };
  const digits = operation.digitsAfter?.(input);
  await (digits && ledger.startDigits(intent, digits));
  const terms = {
    operationId,
    firstSentAt: firstSentAt(intent),
    timeoutSeconds: ledger.acsTimeoutSeconds,
    ...(operation.onRetry && { onRetry: operation.onRetry }),
    isTakeover: intent.takeoverAt !== undefined,
  };
  const exchanged = await inRequestSpan(`ACS ${name}`, { callId, operationId }, () =>
    exchange(() => asOperation(terms, () => operation.send(request))),
  );
  const outcome = await overtaken(ledger, operation, callId, withoutGone(operation, exchanged));
  report(ledger, { callId, operationId, operation: name }, outcome);
  const progress = await storeResponse(ledger, operation, intent, known, outcome);
  return { progress, ...(outcome.kind === 'refused' && { refusal: outcome }) };
}

/** The longest that a read at ACS delays the end of a call. */
const readWithinSeconds = 2;

/** The call before a request that ends it: one that still connects, as far as is known, is read at ACS. */
async function readIfEnding(ledger: Ledger, { settles }: Operation, stored: Stored): Promise<Stored> {
  const { status, callConnectionId } = stored.record;
  if (settles.by !== 'callEnd' || status !== 'connecting' || callConnectionId === undefined) {
    return stored;
  }
  const acsTimeoutSeconds = Math.min(readWithinSeconds, ledger.acsTimeoutSeconds);
  return readBeforeEnd({ ...ledger, acsTimeoutSeconds }, stored);
}

/** Sends the request of an operation that this process has taken; undefined when it has none. */
export async function sendTaken(ledger: Ledger, intent: Intent | undefined): Promise<Sent | undefined> {
  const stored = intent && (await ledger.calls.readCall(intent.callId));
  const operation = intent && operationNamed(intent.name);
  return operation && stored
    ? sendAndStore(ledger, operation, intent, { input: intent.input, stored, otherConnectionId: '' })
    : undefined;
}

/** Nothing was sent: whichever process learns of the call's connection sends it at once. */
async function releaseLease(ledger: Pick<Ledger, 'calls' | 'now'>, operationId: string): Promise<void> {
  await ledger.calls.changeIntent(operationId, (intent) => ({ ...intent, leaseUntil: ledger.now() }));
}

/** A 404 satisfies an operation that ends its target: a retry gets it too, since ACS keeps no response of a target that ended. */
function withoutGone(operation: Operation, outcome: Exchange<AcsResponse>): Exchange<AcsResponse> {
  const isSatisfied = operation.satisfiedBy?.includes('acsNotFound') && outcome.kind === 'refused' && isGone(outcome);
  return isSatisfied ? { kind: 'answered', answer: { wasGone: true } } : outcome;
}

function report(
  ledger: Pick<Ledger, 'log'>,
  ids: { callId: string; operationId: string; operation: string },
  outcome: Exchange<AcsResponse>,
): void {
  if (outcome.kind === 'answered') {
    ledger.log.operationSent(ids);
  } else if (outcome.kind === 'refused') {
    ledger.log.operationRefused({ ...ids, acsCode: outcome.acsCode, acsSubCode: outcome.acsSubCode });
  } else {
    ledger.log.operationUnconfirmed(ids);
  }
}
