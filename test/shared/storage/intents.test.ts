/** Intents of operations: of two changes at once one is refused, and its process learns it. */
import { expect, inject, test } from 'vitest';
import { openCalls } from '../../../shared/storage/calls.ts';
import { startProxy } from '../../support/proxy.ts';
import { storageUrl } from '../../support/switchboard.ts';
import { aCall } from '../calls/stories.ts';
import { anIntent, aPrefix } from '../ledger/a-ledger.ts';

test('a change that another process makes first stands, and the later one is refused', async () => {
  const proxy = await startProxy(storageUrl('Table'));
  const [prefix, connectionString] = [aPrefix(), inject('storage')];
  const one = openCalls({ connectionString: connectionString.replace(storageUrl('Table'), proxy.url) }, prefix);
  const other = openCalls({ connectionString }, prefix);
  const intent = anIntent();
  const { operationId, callId } = intent;
  await other.claim(intent, aCall({ callId }));
  const leased = (leaseUntil: string) => (stored: typeof intent) => ({ ...stored, leaseUntil });
  const times = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z'] as const;
  let first: typeof intent | undefined;
  proxy.onPass = async ({ method }, moment) => {
    if (method === 'PUT' && moment === 'request') {
      first ??= await other.changeIntent(operationId, leased(times[0]));
    }
  };
  expect(await one.changeIntent(operationId, leased(times[1]))).toBeUndefined();
  expect(first?.leaseUntil).toBe(times[0]);
  expect((await other.readIntent(operationId))?.leaseUntil).toBe(times[0]);
  await proxy.close();
});
