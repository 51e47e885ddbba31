/** Second step of a command: stores its intent, which claims the operation's id before ACS is asked. */
import { randomUUID } from 'node:crypto';
import { derivedId } from '../../acs/wire/derived-id.ts';
import { mediaActionOf } from '../../calls/media-rules.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { originOf } from '../../calls/origin.ts';
import type { Sealed } from '../../encryption/sealed.ts';
import { AppError } from '../../errors.ts';
import type { Stored } from '../../storage/calls.ts';
import { isRefusal } from '../../storage/tables.ts';
import { traceToKeep } from '../../telemetry/spans.ts';
import type { Ledger } from '../ledger.ts';
import type { Accepted } from './accept.ts';
import { type Command, fingerprint } from './command.ts';
import { leaseFromNow } from './lease.ts';

/** An intent that is stored, and the call that it is for. */
export interface Claimed {
  readonly intent: Intent;
  readonly stored: Stored;
}

/** Claims the operation's id, with the call that it makes; undefined when another request has claimed it. */
export async function claim(
  ledger: Pick<Ledger, 'acsTimeoutSeconds' | 'calls' | 'index' | 'notifier' | 'now' | 'withdrawals'>,
  command: Command,
  operationId: string,
  accepted: Accepted,
): Promise<Claimed | undefined> {
  const isNewCall = command.operation.target === 'newCall';
  const { record } = accepted.stored;
  // First, so that no crash leaves a call that no list has. Housekeeping removes the rows of a call that was never stored.
  const indexed = isNewCall ? await ledger.index.add(record) : undefined;
  const { notifyUrl } = accepted.input;
  const sealedUrl =
    typeof notifyUrl === 'string' ? await ledger.notifier.sealedUrl(notifyUrl, record.callId) : undefined;
  const intent = intentOf(ledger, command, operationId, accepted, sealedUrl);
  const [stored] = await withdrawnUnlessSent(ledger, intent, () =>
    Promise.all([
      insert(ledger, intent, accepted.stored, isNewCall),
      isNewCall ? undefined : addPending(ledger, intent),
    ]),
  );
  if (!stored && indexed) {
    const first = await ledger.calls.readCall(operationId);
    await (first && ledger.index.dropStray(first.record, indexed));
  }
  return stored && { intent, stored };
}

/**
 * Does what comes before ACS is asked. When storage fails it, the caller gets a 503, and the intent is withdrawn. A takeover
 * withdraws nothing, unless what it takes was withdrawn before: an earlier attempt may have asked ACS.
 */
export async function withdrawnUnlessSent<T>(
  { withdrawals }: Pick<Ledger, 'withdrawals'>,
  { operationId, attemptId, takeoverAt, withdrawn }: Intent,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isUnsent = takeoverAt === undefined || withdrawn;
    if (isUnsent && error instanceof AppError && error.code === 'storageUnavailable') {
      withdrawals.add(operationId, attemptId);
    }
    throw error;
  }
}

/**
 * Inserts the intent. A claim whose acknowledgement is lost is sent again by the storage SDK and then meets its own row,
 * which `attemptId` identifies.
 */
async function insert(
  ledger: Pick<Ledger, 'calls'>,
  intent: Intent,
  stored: Stored,
  isNewCall: boolean,
): Promise<Stored | undefined> {
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
 * Where the outcome has a subscriber, the call knows of the operation before ACS is asked, so that housekeeping finds it
 * after a crash. A call that the operation makes has its id, and is found without.
 */
async function addPending(
  ledger: Pick<Ledger, 'calls' | 'notifier'>,
  { callId, operationId, notifyUrl, createdAt }: Intent,
): Promise<void> {
  if (await ledger.notifier.hasSettlementSubscriber(notifyUrl)) {
    await ledger.calls.addPending(callId, { operationId, since: createdAt });
  }
}

function intentOf(
  ledger: Pick<Ledger, 'acsTimeoutSeconds' | 'now'>,
  command: Command,
  operationId: string,
  { input, stored, queuedUntil }: Accepted,
  notifyUrl: Sealed | undefined,
): Intent {
  const { operation, requestedBy } = command;
  const masked = input.masked === true || command.sequence?.masked;
  const requester = requestedBy ? { requestedBy } : {};
  const now = ledger.now();
  const withinSeconds =
    'withinSeconds' in operation.settles ? operation.settles.withinSeconds : ledger.acsTimeoutSeconds;
  const dueInSeconds = withinSeconds + (operation.lastsSeconds?.(input) ?? 0);
  const media = operation.media?.(input);
  const { context: _, notifyUrl: __, ...own } = input;
  return {
    operationId,
    name: operation.name,
    callId: stored.record.callId,
    fingerprint: fingerprint(command),
    createdAt: now,
    dueAt: new Date(Date.parse(queuedUntil ?? now) + dueInSeconds * 1000).toISOString(),
    input: own,
    about: operation.about?.(input) ?? [],
    ...(media && { media: mediaActionOf(media, stored.record) }),
    ...(operation.target === 'recording' && command.targetId && { recordingId: command.targetId }),
    ...originOf({ ...command.sequence, ...input, notifyUrl, masked, trace: traceToKeep(), ...requester }),
    ...(operation.digitsAfter?.(input) && { digitsSequenceId: derivedId('digits', operationId) }),
    ...(command.endReason && { endReason: command.endReason }),
    attemptId: randomUUID(),
    // While it waits, no process takes it over.
    leaseUntil: queuedUntil ?? leaseFromNow(ledger),
    ...(queuedUntil !== undefined && { queuedUntil }),
  };
}
