/** Requests for erasures: of a person, and of one call. The same request under the same id is one erasure. */
import { randomUUID } from 'node:crypto';
import { derivedId } from '../acs/wire/derived-id.ts';
import type { Requester } from '../calls/origin.ts';
import { AppError, errorName } from '../errors.ts';
import { isErasable } from './erase-call.ts';
import { type Erasure, type ErasureRecord, newErasure, toErasure } from './erasure.ts';
import type { ErasureParts } from './parts.ts';
import { runErasure } from './run.ts';

/** An erasure, and whether an earlier request asked for it. */
export interface Requested {
  readonly erasure: Erasure;
  readonly replayed: boolean;
}

/** Requests the erasure of a person, and starts it. */
export async function eraseParticipant(
  parts: ErasureParts,
  participant: string,
  requestedBy: Requester,
  key: string | undefined,
): Promise<Requested> {
  const personHash = await parts.hash(`person:${participant}`);
  const erasureId = key ?? randomUUID();
  const createdAt = parts.ledger.now();
  const record = newErasure({ erasureId, createdAt, requestedBy, subject: { participant }, personHash });
  return request(parts, record);
}

/** Requests the erasure of a call that is over. A call has one erasure, whose id is derived from the call's. */
export async function eraseOneCall(parts: ErasureParts, callId: string, requestedBy: Requester): Promise<Requested> {
  const erasureId = derivedId('erasure', callId);
  const known = (await parts.store.read(erasureId))?.record;
  if (known) {
    return { erasure: toErasure(known), replayed: true };
  }
  const call = (await parts.ledger.calls.readCall(callId))?.record;
  if (!call) {
    throw new AppError('callNotFound', 'No call has this id.');
  }
  if (!isErasable(parts.ledger, call)) {
    throw new AppError(
      'callNotEnded',
      'The call is not over, or an operation in it has not settled; hang it up first.',
    );
  }
  const createdAt = parts.ledger.now();
  const record = newErasure({ erasureId, createdAt, requestedBy, subject: { callId }, callId });
  return request(parts, record);
}

/** An erasure as it stands; undefined when there is none. */
export async function readErasure({ store }: ErasureParts, erasureId: string): Promise<Erasure | undefined> {
  const stored = await store.read(erasureId);
  return stored && toErasure(stored.record);
}

/** Throws when a key has an erasure: a request that is invalid cannot be the one that made it. */
export async function refuseKnownKey({ store }: ErasureParts, key: string): Promise<void> {
  if (await store.read(key)) {
    throw keyReused();
  }
}

function keyReused(): AppError {
  return new AppError('idempotencyKeyReused', 'This Idempotency-Key was used for another request; choose a new one.');
}

/** Stores an erasure and starts it behind the response, unless there is one of this id. */
async function request(parts: ErasureParts, record: ErasureRecord): Promise<Requested> {
  const { store, ledger } = parts;
  const { erasureId } = record;
  for (;;) {
    const known = (await store.read(erasureId))?.record;
    if (known && known.personHash !== record.personHash) {
      throw keyReused();
    }
    if (known) {
      return { erasure: toErasure(known), replayed: true };
    }
    if ((await store.create(record)) === 'written') {
      break;
    }
  }
  ledger.writeBehind.run(
    `erasure:${erasureId}`,
    () => runErasure(parts, erasureId),
    (error) => ledger.backgroundLog.erasureInterrupted({ erasureId, error: errorName(error) }),
  );
  return { erasure: toErasure(record), replayed: false };
}
