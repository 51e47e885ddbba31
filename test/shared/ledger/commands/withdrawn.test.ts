/** Operations whose caller got a 503 before ACS was asked, while another attempt asks ACS: what was withdrawn is the attempt alone. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../../local/emulator/index.ts';
import { openAcs } from '../../../../shared/acs/client/client.ts';
import { AppError } from '../../../../shared/errors.ts';
import { perform } from '../../../../shared/ledger/commands/perform.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { openCallQueues } from '../../../../shared/ledger/memory/call-queues.ts';
import { openWithdrawals } from '../../../../shared/ledger/memory/withdrawals.ts';
import { readOperation } from '../../../../shared/ledger/reads/read.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { operations } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { openCalls } from '../../../../shared/storage/calls.ts';
import { startProxy } from '../../../support/proxy.ts';
import { storageUrl } from '../../../support/switchboard.ts';
import { dialsOf } from '../../../support/wire.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from '../a-ledger.ts';

let emulator: Emulator;
let ledger: Ledger;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  const { connectionString } = emulator;
  // No server receives the callbacks: all events are lost.
  ledger = aLedger({ acs: openAcs({ connectionString, isLocal: true }, 1), acsTimeoutSeconds: 10 }, aPrefix());
});
afterAll(() => emulator.close());

const makers = (operations as readonly Operation[]).filter(({ target }) => target === 'newCall');
const unavailable = new AppError('storageUnavailable', 'no acknowledgement');
const commandOf = (operation: Operation) => ({
  operation,
  input: operation.example,
  idempotencyKey: randomUUID(),
});
const dials = (callId: string) => dialsOf({ emulator } as never, callId);

/** Another process, some seconds later. */
const later = (seconds: number, over: Partial<Ledger> = {}): Ledger => ({
  ...ledger,
  callQueues: openCallQueues(),
  now: () => new Date(Date.now() + seconds * 1000).toISOString(),
  ...over,
});

/** A process whose claim is stored, without an acknowledgement, and whose withdrawal is not stored before it is asked about. */
function stalled(): Ledger {
  const claim = async (...given: Parameters<Ledger['calls']['claim']>) => {
    await ledger.calls.claim(...given);
    throw unavailable;
  };
  return later(0, { withdrawals: openWithdrawals(async () => false, 600), calls: { ...ledger.calls, claim } });
}

/** A process that asks ACS, and ends before it stores the response. */
function cutShort(): Ledger {
  return later(20, { calls: { ...ledger.calls, write: () => Promise.reject(new Error('the process ended')) } });
}

test.each(makers)(
  '$name that a replay has asked of ACS is not called unasked by the process that withdrew it',
  async (made) => {
    const command = commandOf(made);
    const first = stalled();
    await expect(perform(first, command)).rejects.toThrow(unavailable);
    await expect(perform(cutShort(), command)).rejects.toThrow('the process ended');
    await runCallHousekeeping(later(60, { withdrawals: first.withdrawals }), false);
    expect(await readOperation(ledger, command.idempotencyKey)).toMatchObject({ status: 'sent' });
    expect(await dials(command.idempotencyKey)).toBe(1);
  },
);

test.each(makers)('$name that ACS was asked for is not withdrawn by a replay that storage fails', async (made) => {
  const command = commandOf(made);
  await expect(perform(cutShort(), command)).rejects.toThrow('the process ended');
  // It has the lease, and is then so slow that the lease would not cover its request: to extend it fails.
  let seconds = 60;
  const changeIntent = async (...given: Parameters<Ledger['calls']['changeIntent']>) => {
    if (seconds > 60) {
      throw unavailable;
    }
    const changed = await ledger.calls.changeIntent(...given);
    seconds += 10;
    return changed;
  };
  const now = () => new Date(Date.now() + seconds * 1000).toISOString();
  const failing = later(0, { now, calls: { ...ledger.calls, changeIntent } });
  await expect(perform(failing, command)).rejects.toThrow(unavailable);
  await runCallHousekeeping(later(120, { withdrawals: failing.withdrawals }), false);
  expect(await readOperation(ledger, command.idempotencyKey)).toMatchObject({ status: 'sent' });
  expect(await dials(command.idempotencyKey)).toBe(1);
});

test('an attempt that another replaces while its withdrawal is stored is the only one that is withdrawn', async () => {
  const proxy = await startProxy(storageUrl('Table'));
  const [prefix, connectionString] = [aPrefix(), inject('storage')];
  const one = openCalls({ connectionString: connectionString.replace(storageUrl('Table'), proxy.url) }, prefix);
  const other = openCalls({ connectionString }, prefix);
  const intent = anIntent();
  const { operationId, callId, attemptId } = intent;
  await other.claim(intent, aCall({ callId }));
  let reads = 0;
  proxy.onPass = async ({ method }, moment) => {
    reads += method === 'GET' && moment === 'request' ? 1 : 0;
    // Between its first look and the one by which it writes.
    if (reads === 2 && method === 'GET' && moment === 'request') {
      await other.changeIntent(operationId, (stored) => ({ ...stored, attemptId: 'another' }));
    }
  };
  await one.withdraw(operationId, attemptId);
  expect(await other.readIntent(operationId)).not.toHaveProperty('withdrawn');
  expect(await one.withdraw(operationId, attemptId)).toBe(true);
  await proxy.close();
});
