import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changeQueue } from '../../../../shared/ledger/commands/queue.ts';
import { commit } from '../../../../shared/ledger/commit.ts';
import { createLog } from '../../../../shared/log.ts';
import { eventually } from '../../../support/api.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';

const failing = () => Promise.reject(new Error('storage'));
const nothing = { admitted: [], expired: [], reached: undefined, waiting: 0 };

/** A ledger whose background logs what it logs. */
function logging() {
  const logged: string[] = [];
  return { logged, backgroundLog: createLog((_, message) => logged.push(message)) };
}

test('a queue that cannot be read is read again, and what it lets go but cannot be sent is left to housekeeping', async () => {
  const { logged, backgroundLog } = logging();
  const ledger = aLedger({ backgroundLog });
  const answers = [
    async () => ({ ...nothing, admitted: [randomUUID()], waiting: 1 }),
    failing,
    async () => ({ ...nothing, expired: [randomUUID()] }),
  ];
  const slots = { ...ledger.slots, apply: () => (answers.shift() ?? failing)() };
  await changeQueue({ ...ledger, slots, calls: { ...ledger.calls, changeIntent: failing } }, {});
  await eventually(
    async () => answers.length,
    (left) => left === 0,
  );
  await ledger.writeBehind.idle();
  expect(logged).toEqual([
    'Operation that waited for a limit not sent in time; housekeeping sends it',
    'Operations that wait for a limit could not be read; they are read again',
  ]);
});

test('the end of a call is stored although its slot cannot be freed, which is left to housekeeping', async () => {
  const { logged, backgroundLog } = logging();
  const ledger = { ...aLedger({ backgroundLog }), freeSlot: failing };
  const { operationId: callId } = anIntent();
  const before = aCall({ callId, slot: 'held' });
  await ledger.calls.claim(anIntent({ operationId: callId }), before);
  const stored = await ledger.calls.readCall(callId);
  const record = { ...before, status: 'disconnected', endedAt: before.createdAt } as const;
  expect(await commit(ledger, { before, call: { record, etag: stored?.etag ?? '' } }, [])).toBe('written');
  await ledger.writeBehind.idle();
  expect(logged).toEqual(['Slot of a call that is over not freed in time; housekeeping frees it']);
});
