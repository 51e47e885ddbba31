/**
 * Performs one operation: claim its id, ask ACS, write what came of it. Three storage transactions: the read of the call
 * (for a new call: its index row), the intent, the answer. The intent is durable before ACS is asked and ACS is asked
 * under the same id again, so a crash between any two steps never makes a second call.
 */
import { randomUUID } from 'node:crypto';
import { type AcsRefusal, type Exchange, exchange, isGone } from '../../acs/client/exchange.ts';
import { asking } from '../../acs/client/request-scope.ts';
import { mediaActionOf } from '../../calls/media-rules.ts';
import {
  type Intent,
  isSettled,
  type Operation as OperationResource,
  toOperation,
} from '../../calls/operation-life/operation-record.ts';
import { originOf } from '../../calls/origin.ts';
import { AppError } from '../../errors.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Stored } from '../../storage/calls.ts';
import { isRefusal } from '../../storage/tables.ts';
import { inRequestSpan, inSpan, traceToKeep } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import { readOperation } from '../reads/read.ts';
import { type Accepted, accept, type Command, fingerprint } from './claim.ts';
import { targetRecording } from './recording-target.ts';
import { storeResponse } from './store-response.ts';

/** What came of a command. `refusal` is there when ACS said no to this very request. */
export interface Performed {
  readonly operation: OperationResource;
  readonly replayed: boolean;
  readonly refusal?: AcsRefusal;
}

/** Performs a command, or replays it when its key was used for the same command before. */
export async function perform(ledger: Ledger, command: Command): Promise<Performed> {
  const operationId = command.idempotencyKey ?? randomUUID();
  return inSpan(command.operation.name, { operationId }, () => performAs(ledger, command, operationId));
}

async function performAs(ledger: Ledger, command: Command, operationId: string): Promise<Performed> {
  const accepted = await acceptOrReplay(ledger, command, operationId);
  if ('operation' in accepted) {
    return accepted;
  }
  const intent = intentOf(ledger, command, operationId, accepted);
  const isNewCall = command.operation.target === 'newCall';
  const [stored] = await Promise.all([
    claim(ledger, intent, accepted.stored, isNewCall),
    isNewCall ? undefined : addPending(ledger, intent),
  ]);
  if (!stored) {
    return replay(ledger, command, operationId);
  }
  if (isNewCall) {
    await ledger.index.add(stored.record);
  }
  return execute(ledger, command.operation, intent, { ...accepted, stored });
}

/**
 * Claims the operation's id, with the call that it makes; undefined when somebody else has it. A claim whose
 * acknowledgement is lost is sent again by the storage SDK and then meets its own row.
 */
async function claim(ledger: Ledger, intent: Intent, stored: Stored, isNewCall: boolean): Promise<Stored | undefined> {
  const claimed = await ledger.calls.claim(intent, isNewCall ? stored.record : undefined);
  if (!isRefusal(claimed)) {
    return claimed.callEtag === undefined ? stored : { ...stored, etag: claimed.callEtag };
  }
  const known = await ledger.calls.readIntent(intent.operationId);
  if (known?.attemptId !== intent.attemptId) {
    return undefined;
  }
  return isNewCall ? ledger.calls.readCall(intent.callId) : stored;
}

/**
 * Where somebody is told how the operation ends, the call knows of it before ACS is asked: a crash then leaves what
 * housekeeping finds. A call that the operation makes has its id, and is found without.
 */
async function addPending(ledger: Ledger, { callId, operationId, notifyUrl, createdAt }: Intent): Promise<void> {
  if (await ledger.notifier.hasSettlementSubscriber(notifyUrl)) {
    await ledger.calls.addPending(callId, { operationId, since: createdAt });
  }
}

/** A command that would be refused now may have been performed before: the first answer stands. */
async function acceptOrReplay(ledger: Ledger, command: Command, operationId: string): Promise<Accepted | Performed> {
  try {
    return await accept(ledger, command, operationId);
  } catch (error) {
    if (command.idempotencyKey !== undefined && (await ledger.calls.readIntent(command.idempotencyKey))) {
      return replay(ledger, command, command.idempotencyKey);
    }
    throw error;
  }
}

/**
 * The operation of an earlier command under the same key. When it was left between intent and answer, this request takes
 * it over; when its event may have been lost, the call is read at ACS.
 */
async function replay(ledger: Ledger, command: Command, operationId: string): Promise<Performed> {
  const intent = await ledger.calls.readIntent(operationId);
  if (!intent || intent.fingerprint !== fingerprint(command)) {
    throw new AppError('idempotencyKeyReused', 'This Idempotency-Key was used for another request; choose a new one.');
  }
  const progress = await ledger.calls.readProgress(intent.callId, operationId);
  const known = { operation: toOperation(intent, progress), replayed: true };
  const ageSeconds = (Date.parse(ledger.now()) - Date.parse(intent.createdAt)) / 1000;
  if (isSettled(known.operation) || ageSeconds <= ledger.acsTimeoutSeconds) {
    return known;
  }
  const stored = await ledger.calls.readCall(intent.callId);
  if (stored && known.operation.status === 'accepted' && ageSeconds < ledger.repeatWindowSeconds) {
    return takeOver(ledger, command, intent, stored);
  }
  return { operation: await readOperation(ledger, operationId, true), replayed: true };
}

/**
 * Asks ACS again under the same id: ACS answers as it did, if it was asked before. Where it would act again instead, the
 * answer counts as lost: an event, a read or the deadline tells.
 */
async function takeOver(ledger: Ledger, command: Command, intent: Intent, stored: Stored): Promise<Performed> {
  const { operationId, callId, name } = intent;
  ledger.log.operationTakenOver({ callId, operationId, operation: name });
  if (command.operation.repeatsOnRetry) {
    const progress = await storeResponse(ledger, command.operation, intent, stored, { kind: 'silence' });
    return { operation: toOperation(intent, progress), replayed: true };
  }
  if (command.operation.target === 'newCall') {
    // The process may have died before it listed the call.
    await ledger.index.add(stored.record);
  }
  const input = parseInput(command.operation, command.input);
  const otherId = command.operation.otherCall?.(input);
  const other = otherId === undefined ? undefined : await ledger.calls.readCall(otherId);
  const accepted = { input, stored, otherConnectionId: other?.record.callConnectionId ?? '' };
  return { ...(await execute(ledger, command.operation, intent, accepted)), replayed: true };
}

function intentOf(ledger: Ledger, command: Command, operationId: string, { input, stored }: Accepted): Intent {
  const { operation } = command;
  const now = ledger.now();
  const withinSeconds =
    'withinSeconds' in operation.settles ? operation.settles.withinSeconds : ledger.acsTimeoutSeconds;
  const dueInSeconds = withinSeconds + (operation.lastsSeconds?.(input) ?? 0);
  const media = operation.media?.(input);
  return {
    operationId,
    name: operation.name,
    callId: stored.record.callId,
    fingerprint: fingerprint(command),
    createdAt: now,
    dueAt: new Date(Date.parse(now) + dueInSeconds * 1000).toISOString(),
    about: operation.about?.(input) ?? [],
    ...(media && { media: mediaActionOf(media, stored.record) }),
    ...(operation.target === 'recording' && command.targetId && { recordingId: command.targetId }),
    ...originOf({ ...command.sequence, ...input, trace: traceToKeep() }),
    attemptId: randomUUID(),
  };
}

async function execute(
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
    exchange(() => asking(terms, () => operation.send(request))),
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
  ledger: Ledger,
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
