import { randomUUID } from 'node:crypto';
import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { takeQueued } from '../../../../shared/ledger/commands/lease.ts';
import { changeQueue, enqueue } from '../../../../shared/ledger/commands/queue.ts';
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
  expect(logged).toEqual(['Slot of a call not freed or taken in time; housekeeping does it']);
});

/** A ledger that counts what it asks of ACS, and a stored createCall that waits until a time. */
async function aWaiting(queuedUntil: string | undefined) {
  const asked = { times: 0 };
  const createCall = () => {
    asked.times += 1;
    return Promise.reject(new RestError('no answer', { code: RestError.REQUEST_SEND_ERROR }));
  };
  const ledger = aLedger({ acs: { createCall } as never });
  const input = { targets: ['+14255550123'], callerId: '+14255550100' };
  const intent = anIntent({ input, ...(queuedUntil !== undefined && { queuedUntil }) });
  await ledger.calls.claim(intent, aCall({ callId: intent.operationId, status: 'connecting', slot: 'waiting' }));
  return { ledger, intent, asked };
}

const inAMinute = () => new Date(Date.now() + 60_000).toISOString();

test('an operation leaves the queue once, however many processes take it, and not when its time is over', async () => {
  const { ledger, intent } = await aWaiting(inAMinute());
  const take = ({ operationId }: { operationId: string }, by = ledger) => takeQueued(by, operationId);
  const taken = (await Promise.all([take(intent), take(intent), take(intent)])).filter((one) => one !== undefined);
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ releasedAt: expect.any(String) });
  expect(taken[0]?.queuedUntil).toBeUndefined();
  const stored = await ledger.calls.readIntent(intent.operationId);
  expect(await take(intent)).toBeUndefined();
  expect(await ledger.calls.readIntent(intent.operationId)).toEqual(stored);

  const { intent: late, ledger: other } = await aWaiting(inAMinute());
  const inTwoMinutes = { ...other, now: () => new Date(Date.now() + 120_000).toISOString() };
  expect(await take(late, inTwoMinutes)).toBeUndefined();
  const { intent: direct, ledger: third } = await aWaiting(undefined);
  expect(await take(direct, third)).toBeUndefined();
});

test('an operation that was sent when it left the queue is not sent again by a process that knew it as waiting', async () => {
  const { ledger, intent, asked } = await aWaiting(inAMinute());
  await Promise.all([enqueue(ledger, intent), enqueue(ledger, intent)]);
  await enqueue(ledger, intent);
  expect(asked.times).toBe(1);
});

test('a call that an event revives has its slot back, although the limit is reached, and no other call gets it', async () => {
  const ledger = aLedger();
  await ledger.limits.put({ maxOpenCalls: 1 });
  const entering = (operationId: string) => ({ entering: { operationId, isCall: true, dials: true } });
  const before = aCall({ status: 'failed', slot: 'held', from: '+14255550100', callId: randomUUID() });
  await ledger.calls.claim(anIntent({ operationId: before.callId }), before);
  expect((await ledger.slots.apply(entering('other'))).reached).toBeUndefined();
  const stored = await ledger.calls.readCall(before.callId);
  const call = { record: { ...before, status: 'connected' } as const, etag: stored?.etag ?? '' };
  expect(await commit(ledger, { before, call }, [])).toBe('written');
  await ledger.writeBehind.idle();
  const { held } = await ledger.slots.read();
  expect(held[before.callId]?.caller).toBe(await ledger.slots.callerKey('+14255550100'));
  await ledger.slots.apply({ leaving: ['other'] });
  expect((await ledger.slots.apply(entering('third'))).reached).toBe('maxOpenCalls');
});
