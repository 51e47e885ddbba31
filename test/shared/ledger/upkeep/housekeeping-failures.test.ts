import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCallRecord } from '../../../../shared/calls/call.ts';
import { AppError, StorageRejected } from '../../../../shared/errors.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { aLedger } from '../a-ledger.ts';

/** A ledger with listed calls, of which each read fails; the ids of the calls that were read. */
async function failing(error: Error, count: number): Promise<{ ledger: Ledger; read: string[]; listed: string[] }> {
  const known = aLedger();
  const read: string[] = [];
  const listed = Array.from({ length: count }, () => randomUUID()).sort();
  for (const callId of listed) {
    await known.index.add(
      newCallRecord({ salt: 'salt', callId, direction: 'outbound', createdAt: new Date().toISOString() }),
    );
  }
  const readCall = (callId: string) => {
    read.push(callId);
    return Promise.reject(error);
  };
  return { ledger: { ...known, calls: { ...known.calls, readCall } }, read, listed };
}

test('a call that cannot be checked does not keep housekeeping from the others', async () => {
  const { ledger, read, listed } = await failing(new StorageRejected('too large'), 2);
  await expect(runCallHousekeeping(ledger, false)).rejects.toThrow('2 calls could not be checked');
  expect([...read].sort()).toEqual(listed);
});

test('housekeeping ends at once while storage is unavailable', async () => {
  const { ledger, read } = await failing(new AppError('storageUnavailable', 'away'), 50);
  await expect(runCallHousekeeping(ledger, false)).rejects.toMatchObject({ code: 'storageUnavailable' });
  expect(read.length).toBeLessThan(10);
});
