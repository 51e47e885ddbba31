/** Answers a repeated request with the operation that its key names, and finishes what an earlier process left undone. */
import { type Intent, isSettled, toOperation } from '../../calls/operation-life/operation-record.ts';
import { AppError } from '../../errors.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import { readOperation } from '../reads/read.ts';
import { type Command, fingerprint, type Performed } from './command.ts';
import { sendAndStore } from './send.ts';
import { storeResponse } from './store-response.ts';

/** Whether the key of a command has claimed an operation. */
export async function wasPerformed(ledger: Pick<Ledger, 'calls'>, { idempotencyKey }: Command): Promise<boolean> {
  return idempotencyKey !== undefined && (await ledger.calls.readIntent(idempotencyKey)) !== undefined;
}

/**
 * The operation of an earlier command under the same key. When its process died between intent and response, this request
 * is the takeover; when its event may have been lost, the call is read at ACS.
 */
export async function replay(ledger: Ledger, command: Command, operationId: string): Promise<Performed> {
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
  const isUnknown = known.operation.status === 'accepted' && progress?.presumedUntil === undefined;
  if (stored && isUnknown && ageSeconds < ledger.repeatWindowSeconds) {
    return takeover(ledger, command, intent, stored);
  }
  return { operation: await readOperation(ledger, operationId, true), replayed: true };
}

/**
 * Asks ACS again under the same id: ACS responds as before, if it was asked. Where it would act again instead, the response
 * counts as lost, and an event, a read or the deadline settles the operation.
 */
async function takeover(ledger: Ledger, command: Command, intent: Intent, stored: Stored): Promise<Performed> {
  const { operationId, callId, name } = intent;
  ledger.log.operationTakeover({ callId, operationId, operation: name });
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
  return { ...(await sendAndStore(ledger, command.operation, intent, accepted)), replayed: true };
}
