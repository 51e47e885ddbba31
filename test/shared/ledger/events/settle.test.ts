/** An outcome inferred from a call's end is published once: when its grace period is over, by whatever finds it first. */
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import { settleAfterGrace } from '../../../../shared/ledger/events/settle.ts';
import { type GraceTimers, openGraceTimers } from '../../../../shared/ledger/memory/grace-timers.ts';
import { readOperation, readWholeOperation } from '../../../../shared/ledger/reads/read.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { createLog } from '../../../../shared/log.ts';
import { aCall, anOpenOperation } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';
import { aRecordingNotifier } from '../a-receiver.ts';

const graceMs = 60_000;
/** For timers that a test waits for. */
const shortGraceMs = 200;
const dueAt = '9999-12-31T00:00:00.000Z';

/** A timer that dies with its process. */
const lostTimers: GraceTimers = { start: () => {}, stop: () => {} };

/** A connected call with an open operation of a sequence; `at` is the ledger at a later time. */
async function aCallWithOpen(over: Partial<CallRecord> = {}, graceTimers = lostTimers) {
  const notifier = aRecordingNotifier();
  const woken: string[] = [];
  const wake = async (id: string) => {
    woken.push(id);
  };
  const presumedOutcomeGraceMs = graceTimers === lostTimers ? graceMs : shortGraceMs;
  const ledger = aLedger({ notifier, presumedOutcomeGraceMs, graceTimers, wake });
  const callId = randomUUID();
  const origin = { sequenceId: 'its sequence' };
  const intent = anIntent({ callId, name: 'transferCall', dueAt, ...origin });
  const { operationId } = intent;
  const open = { [operationId]: anOpenOperation('transferCall', { dueAt, origin }) };
  const record = aCall({ status: 'connected', callConnectionId: 'cc', open, ...over, callId });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  await ledger.calls.claim(intent);
  const stored = await ledger.calls.readCall(callId);
  await ledger.calls.write({ call: stored ?? { record, etag: '' }, progress: [operationId, { status: 'sent' }] });
  await ledger.index.add(record);
  const at = (milliseconds: number) => ({ ...ledger, now: () => new Date(Date.now() + milliseconds).toISOString() });
  const raise = (kind: string, data: object = {}, milliseconds = 0) => {
    const event = { id: randomUUID(), type: `Microsoft.Communication.${kind}`, time: new Date().toISOString(), data };
    return receiveCallback(at(milliseconds), callId, [event]);
  };
  const fail = (milliseconds = 0) => {
    const resultInformation = { code: 403, subCode: 510403, message: 'blocked' };
    return raise('CallTransferFailed', { operationContext: operationId, resultInformation }, milliseconds);
  };
  const settled = () =>
    notifier.sent.flatMap(({ type, data }) => (type.endsWith('.OperationSettled') ? [data.error ?? data.status] : []));
  const entries = async () =>
    (await ledger.calls.readTimeline(callId, 50, undefined)).items.filter(({ kind }) => kind === 'settled');
  return { ledger, callId, operationId, at, raise, fail, settled, entries, woken };
}

const callEnded = { code: 'callEnded' };
const transferFailed = { code: 'callTransferFailed', acsCode: 403, acsSubCode: 510403 };

test('until the grace period is over nothing is visible, and the event that names the operation decides', async () => {
  const { ledger, callId, operationId, raise, fail, settled, entries, woken } = await aCallWithOpen();
  await raise('CallDisconnected');
  expect(await readOperation(ledger, operationId)).toMatchObject({ status: 'sent' });
  expect(await readOperation(ledger, operationId, true)).toMatchObject({ status: 'sent' });
  expect(await readWholeOperation(ledger, operationId, callId)).toMatchObject({ status: 'sent' });
  expect([settled(), await entries(), woken]).toEqual([[], [], []]);
  await fail();
  expect(await readOperation(ledger, operationId)).toMatchObject({ status: 'failed', error: transferFailed });
  const whole = await readWholeOperation(ledger, operationId, callId);
  expect(whole).toMatchObject({ status: 'failed', error: transferFailed });
  expect(whole).not.toHaveProperty('presumedUntil');
  expect(settled()).toMatchObject([transferFailed]);
  expect(await entries()).toMatchObject([{ acsCode: 403, acsSubCode: 510403 }]);
  expect(woken).toEqual(['its sequence']);
});

test('a timer of the process settles it when the grace period is over', async () => {
  const { ledger, operationId, raise, fail, settled, woken } = await aCallWithOpen({}, openGraceTimers());
  await raise('CallDisconnected');
  await vi.waitFor(() => expect(settled()).toMatchObject([callEnded]), 10_000);
  expect(woken).toEqual(['its sequence']);
  await fail();
  expect(settled()).toMatchObject([callEnded]);
  expect(await readOperation(ledger, operationId)).toMatchObject({ status: 'failed', error: callEnded });
});

test.each([
  [
    'a reader',
    async (stage: Awaited<ReturnType<typeof aCallWithOpen>>) => readOperation(stage.at(2 * graceMs), stage.operationId),
  ],
  ['housekeeping', async (stage) => runCallHousekeeping(stage.at(2 * graceMs), false)],
  ['the next event of the call', async (stage) => stage.raise('ParticipantsUpdated', {}, 2 * graceMs)],
] as [string, (stage: Awaited<ReturnType<typeof aCallWithOpen>>) => Promise<unknown>][])(
  'when the process died in the grace period, %s settles it, once and for all',
  async (_, find) => {
    const stage = await aCallWithOpen();
    await stage.raise('CallDisconnected');
    await find(stage);
    expect(stage.settled()).toMatchObject([callEnded]);
    await stage.fail(3 * graceMs);
    await runCallHousekeeping(stage.at(3 * graceMs), false);
    expect(stage.settled()).toMatchObject([callEnded]);
    expect(await stage.entries()).toHaveLength(1);
    expect(await readOperation(stage.ledger, stage.operationId)).toMatchObject({ error: callEnded });
  },
);

test('an event that names it still decides when nothing was published yet', async () => {
  const { raise, fail, settled } = await aCallWithOpen();
  await raise('CallDisconnected');
  await fail(2 * graceMs);
  expect(settled()).toMatchObject([transferFailed]);
});

test('a call stays on the list of open calls until its presumed outcomes are settled', async () => {
  const { ledger, at, raise, settled } = await aCallWithOpen();
  const listed = async () => (await ledger.index.listOpen(10, undefined)).items.length;
  await raise('CallDisconnected');
  await runCallHousekeeping(at(0), false);
  expect([settled(), await listed()]).toEqual([[], 1]);
  await runCallHousekeeping(at(2 * graceMs), false);
  expect(await listed()).toBe(1);
  await runCallHousekeeping(at(60 * graceMs), false);
  expect(await listed()).toBe(0);
});

test('a call with more open operations than a write takes settles all of them, one write after another', async () => {
  const { operationId } = anIntent();
  const ids = [operationId, ...Array.from({ length: 90 }, () => randomUUID())];
  const open = Object.fromEntries(ids.map((id) => [id, anOpenOperation('transferCall', { dueAt })]));
  const { ledger, callId, raise, settled } = await aCallWithOpen({ open }, openGraceTimers());
  await raise('CallDisconnected');
  await vi.waitFor(() => expect(settled()).toHaveLength(91), 20_000);
  expect((await ledger.calls.readCall(callId))?.record.open).toEqual({});
});

test('a timer that finds storage down leaves the outcome to others, and says so', async () => {
  const logged: string[] = [];
  const backgroundLog = createLog((_, message) => logged.push(message));
  const stage = await aCallWithOpen();
  const down = { ...stage.ledger, backgroundLog, presumedOutcomeGraceMs: shortGraceMs, graceTimers: openGraceTimers() };
  const readCall = vi.fn(stage.ledger.calls.readCall);
  await receiveCallback({ ...down, calls: { ...down.calls, readCall } }, stage.callId, [
    { id: 'e', type: 'Microsoft.Communication.CallDisconnected', time: new Date().toISOString(), data: {} },
  ]);
  readCall.mockRejectedValue(new Error('down'));
  await vi.waitFor(() => expect(logged).toHaveLength(1), 10_000);
  expect(stage.settled()).toEqual([]);
});

test('a timer that fires early starts again, and one of a call that was removed does nothing', async () => {
  const start = vi.fn();
  const { ledger, callId, raise } = await aCallWithOpen({}, { start, stop: () => {} });
  await raise('CallDisconnected');
  const later = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const before = { ...ledger, now: () => later(-60_000) };
  expect(await settleAfterGrace(before, callId)).toEqual([]);
  expect(start).toHaveBeenCalledTimes(2);
  expect(await settleAfterGrace(ledger, randomUUID())).toEqual([]);
});

test('a write conflict at the end of the grace period is retried', async () => {
  const { ledger, callId, at, raise, settled } = await aCallWithOpen();
  await raise('CallDisconnected');
  const write = vi.fn(ledger.calls.write).mockResolvedValueOnce('changed');
  const conflicting = { ...at(2 * graceMs), calls: { ...ledger.calls, write } };
  expect(await settleAfterGrace(conflicting, callId)).toHaveLength(1);
  expect(settled()).toMatchObject([callEnded]);
});
