import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCallRecord } from '../../../../shared/calls/call.ts';
import { AppError, StorageRejected } from '../../../../shared/errors.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { aLedger } from '../a-ledger.ts';

/** A ledger with two listed calls, of which each read fails; the ids of the calls that were read. */
async function failing(error: Error): Promise<{ ledger: Ledger; read: string[]; listed: string[] }> {
  const known = aLedger();
  const read: string[] = [];
  const listed = [randomUUID(), randomUUID()].sort();
  for (const callId of listed) {
    await known.index.add(newCallRecord({ callId, direction: 'outbound', createdAt: new Date().toISOString() }));
  }
  const readCall = (callId: string) => {
    read.push(callId);
    return Promise.reject(error);
  };
  return { ledger: { ...known, calls: { ...known.calls, readCall } }, read, listed };
}

test('a call that cannot be checked does not keep housekeeping from the others', async () => {
  const { ledger, read, listed } = await failing(new StorageRejected('too large'));
  await expect(runCallHousekeeping(ledger, false)).rejects.toThrow('2 calls could not be checked');
  expect([...read].sort()).toEqual(listed);
});

test('housekeeping ends at once while storage is unavailable', async () => {
  const { ledger, read } = await failing(new AppError('storageUnavailable', 'away'));
  await expect(runCallHousekeeping(ledger, false)).rejects.toMatchObject({ code: 'storageUnavailable' });
  expect(read).toHaveLength(1);
});
