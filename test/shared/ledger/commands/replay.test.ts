/** A replay whose call is removed while it runs. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../../shared/ledger/commands/command.ts';
import { replay } from '../../../../shared/ledger/commands/replay.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { createCall } from '../../../../shared/operations/calls/create-call.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';

test('a replay whose call and intent are removed while it runs is refused as in progress', async () => {
  const ledger = aLedger();
  const operationId = randomUUID();
  const command = { operation: createCall, input: createCall.example, idempotencyKey: operationId };
  const call = aCall({ callId: operationId, createdAt: ledger.now() });
  const intent = { operationId, name: createCall.name, callId: operationId, fingerprint: fingerprint(command) };
  await ledger.calls.claim(anIntent(intent), call);
  let reads = 0;
  const calls: Ledger['calls'] = {
    ...ledger.calls,
    readCall: async () => undefined,
    readIntent: async (id) => (reads++ < 2 ? ledger.calls.readIntent(id) : undefined),
  };
  const later = () => new Date(Date.now() + 60_000).toISOString();
  await expect(replay({ ...ledger, calls, now: later }, command, operationId)).rejects.toMatchObject({
    code: 'operationInProgress',
  });
});
