/** Operations whose process died between intent and response: there is one takeover, by their caller or by the app. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../../local/emulator/index.ts';
import { openAcs } from '../../../../shared/acs/client/client.ts';
import type { Intent } from '../../../../shared/calls/operation-life/operation-record.ts';
import { eventEntry } from '../../../../shared/calls/timeline.ts';
import { AppError } from '../../../../shared/errors.ts';
import { fingerprint } from '../../../../shared/ledger/commands/command.ts';
import { perform } from '../../../../shared/ledger/commands/perform.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { openCallQueues } from '../../../../shared/ledger/memory/call-queues.ts';
import { readOperation } from '../../../../shared/ledger/reads/read.ts';
import { runCallHousekeeping } from '../../../../shared/ledger/upkeep/housekeeping.ts';
import { answerCall } from '../../../../shared/operations/calls/answer-call.ts';
import { operations } from '../../../../shared/operations/index.ts';
import { sendDtmfTones } from '../../../../shared/operations/media/send-dtmf-tones.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { openCallRemoval } from '../../../../shared/storage/call-removal.ts';
import { eventually } from '../../../support/api.ts';
import { dialsOf, entriesSince } from '../../../support/wire.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from '../a-ledger.ts';

const prefix = aPrefix();
let emulator: Emulator;
let ledger: Ledger;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  const { connectionString } = emulator;
  // No server receives the callbacks: all events are lost.
  ledger = aLedger({ acs: openAcs({ connectionString, isLocal: true }, 1), acsTimeoutSeconds: 10 }, prefix);
});
afterAll(() => emulator.close());

const all: readonly Operation[] = operations;
const makers = all.filter(({ target }) => target === 'newCall');

const later = (seconds: number, over: Partial<Ledger> = {}): Ledger => ({
  ...ledger,
  now: () => new Date(Date.now() + seconds * 1000).toISOString(),
  ...over,
});

/** What a crash between claim and request leaves of a command. */
async function orphan(operation: Operation, over: Partial<Intent> = {}, callId?: string) {
  const operationId = randomUUID();
  const input = operation.input.parse(operation.example);
  const command = { operation, input: operation.example, idempotencyKey: operationId };
  const known = callId === undefined ? {} : { targetId: callId };
  const call = aCall({ callId: callId ?? operationId, createdAt: ledger.now() });
  const dueAt = new Date(Date.now() + 60_000).toISOString();
  const intent = { operationId, name: operation.name, callId: call.callId, input, dueAt };
  await ledger.calls.claim(
    anIntent({ ...intent, fingerprint: fingerprint({ ...command, ...known }), ...over }),
    callId === undefined ? call : undefined,
  );
  await ledger.index.add(call);
  return { operationId, callId: call.callId, command: { ...command, ...known } };
}

const dials = (callId: string) => dialsOf({ emulator } as never, callId);

/** The requests of one operation that reached ACS. */
const asked = async (operationId: string) =>
  (await entriesSince({ emulator } as never, 0)).filter(
    ({ kind, headers }) => kind === 'request' && headers?.['repeatability-request-id'] === operationId,
  );

/** A process in which this comes between the claim and the request to ACS, until the lease of the claim is over. */
function delayed(meanwhile: () => Promise<unknown>): Ledger {
  let seconds = 0;
  const claim = async (...given: Parameters<Ledger['calls']['claim']>) => {
    const claimed = await ledger.calls.claim(...given);
    await meanwhile();
    seconds = 20;
    return claimed;
  };
  const now = () => new Date(Date.now() + seconds * 1000).toISOString();
  return { ...ledger, now, calls: { ...ledger.calls, claim } };
}

/** A process in which this comes between its decision to take an operation over and the takeover. */
function overtaken(meanwhile: () => Promise<unknown>): Ledger {
  const changeIntent = async (...given: Parameters<Ledger['calls']['changeIntent']>) => {
    await meanwhile();
    return ledger.calls.changeIntent(...given);
  };
  return later(20, { calls: { ...ledger.calls, changeIntent } });
}

const another = () => later(20, { callQueues: openCallQueues() });

test.each(makers)(
  'a replay of $name is 503 while its first process may be asking ACS, and asks nothing',
  async (made) => {
    const { callId, command } = await orphan(made);
    const refusal = await perform(ledger, command).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'operationInProgress', details: { retryAfterSeconds: expect.any(Number) } });
    expect(await dials(callId)).toBe(0);
  },
);

test.each(makers)('replays of $name at several processes are one takeover when the lease is over', async (made) => {
  const { callId, command } = await orphan(made);
  const process = () => perform(another(), command).catch((error) => error);
  const all = await Promise.all([process(), process(), process()]);
  expect(all.filter((one) => one.operation?.status === 'sent').length).toBeGreaterThan(0);
  expect(all.filter((one) => one.code !== 'operationInProgress' && !one.operation)).toEqual([]);
  expect([await dials(callId), (await asked(callId)).length]).toEqual([1, 1]);
  const { items } = await ledger.calls.readTimeline(callId, 20, undefined);
  expect(items.filter(({ kind }) => kind === 'takeover')).toMatchObject([{ operation: made.name }]);
});

test.each(makers)('$name whose claim outlasts its lease has a new lease when ACS is asked', async (made) => {
  const operationId = randomUUID();
  const command = { operation: made, input: made.example, idempotencyKey: operationId };
  const { operation } = await perform(
    delayed(async () => {}),
    command,
  );
  expect(operation.status).toBe('sent');
  expect(await asked(operationId)).toHaveLength(1);
  const { leaseUntil = '' } = (await ledger.calls.readIntent(operationId)) ?? {};
  expect(Date.parse(leaseUntil) - Date.now()).toBeGreaterThan(30_000);
});

test.each(makers)(
  '$name whose lease another process has taken before ACS is asked is left to that process',
  async (made) => {
    const operationId = randomUUID();
    const command = { operation: made, input: made.example, idempotencyKey: operationId };
    const slow = delayed(() => perform(another(), command));
    await expect(perform(slow, command)).rejects.toMatchObject({
      code: 'operationInProgress',
      details: { operationId },
    });
    expect(await asked(operationId)).toHaveLength(1);
    expect((await readOperation(ledger, operationId)).status).toBe('sent');
  },
);

test.each(makers)('a replay of $name without a confirmation leaves it to a faster process', async (made) => {
  const operationId = randomUUID();
  const command = { operation: made, input: made.example, idempotencyKey: operationId };
  await perform({ ...ledger, acs: aLedger().acs }, command);
  const slower = overtaken(() => perform(another(), command));
  expect(await perform(slower, command)).toMatchObject({ replayed: true, operation: { status: 'accepted' } });
  expect(await asked(operationId)).toHaveLength(1);
  expect((await readOperation(ledger, operationId)).status).toBe('sent');
});

test('a replay whose call is removed meanwhile is 503, and asks nothing', async () => {
  const call = aCall({ callId: randomUUID(), status: 'connected', callConnectionId: randomUUID() });
  await ledger.calls.claim(anIntent({ operationId: call.callId }), call);
  const { command, operationId, callId } = await orphan(sendDtmfTones as Operation, {}, call.callId);
  await ledger.calls.addPending(callId, { operationId, since: ledger.now() });
  const removal = openCallRemoval({ connectionString: inject('storage') }, prefix);
  const replaying = perform(
    overtaken(() => removal.remove(callId)),
    command,
  );
  await expect(replaying).rejects.toMatchObject({ code: 'operationInProgress', details: { retryAfterSeconds: 1 } });
  expect(await asked(operationId)).toEqual([]);
});

test('housekeeping takes an answer over whose caller never comes back, since its outcome has a subscriber', async () => {
  const [callId, now] = [randomUUID(), ledger.now()];
  const parties = { from: '+14255550123', to: '+14255550100' };
  const incoming = { ...parties, context: 'context', status: 'ringing', receivedAt: now } as const;
  const call = aCall({ callId, direction: 'inbound', createdAt: now, status: 'ringing', incoming });
  await ledger.calls.insertIncomingCall(call, [eventEntry({ id: 'e', at: now, kind: 'IncomingCall' })], []);
  const { operationId } = await orphan(answerCall as Operation, {}, callId);
  await ledger.index.add(call);
  await ledger.calls.addPending(callId, { operationId, since: now });
  await runCallHousekeeping(later(40), false);
  expect(await asked(operationId)).toHaveLength(1);
  expect(await ledger.calls.readProgress(callId, operationId)).toMatchObject({ status: 'failed' });
});

test.each(makers)('housekeeping takes $name over although its caller never comes back', async (made) => {
  const { callId, operationId } = await orphan(made);
  await runCallHousekeeping(ledger, false);
  expect(await dials(callId)).toBe(0);
  await runCallHousekeeping(later(20), false);
  expect(await dials(callId)).toBe(1);
  expect((await ledger.calls.readCall(callId))?.record.callConnectionId).toEqual(expect.any(String));
  expect((await readOperation(ledger, operationId)).status).toBe('sent');
});

test.each(makers)('a reader takes $name over as well', async (made) => {
  const { callId, operationId } = await orphan(made);
  expect((await readOperation(ledger, operationId)).status).toBe('accepted');
  expect((await readOperation(later(20), operationId)).status).toBe('sent');
  expect(await dials(callId)).toBe(1);
});

test.each(makers)('after the repeat window $name ends with a reason, and ACS is not asked', async (made) => {
  const { callId, operationId, command } = await orphan(made);
  const sent = await perform(later(400), command);
  expect(sent.operation).toMatchObject({ operationId, status: 'accepted' });
  for (const _ of ['due', 'settled']) {
    await runCallHousekeeping(later(1000), false);
  }
  expect(await readOperation(later(1000), operationId)).toMatchObject({
    status: 'indeterminate',
    error: { message: expect.stringContaining('may or may not exist') },
  });
  expect(await dials(callId)).toBe(0);
});

test.each(makers)(
  '$name that was answered 503 before ACS was asked is not asked later, unless it is replayed',
  async (made) => {
    const unavailable = new AppError('storageUnavailable', 'no acknowledgement');
    const claim = async (...given: Parameters<Ledger['calls']['claim']>) => {
      await ledger.calls.claim(...given);
      throw unavailable;
    };
    const stalled = { ...ledger, calls: { ...ledger.calls, claim } };
    const [left, replayed] = [randomUUID(), randomUUID()];
    const commandOf = (idempotencyKey: string) => ({ operation: made, input: made.example, idempotencyKey });
    for (const key of [left, replayed]) {
      await expect(perform(stalled, commandOf(key))).rejects.toThrow(unavailable);
    }
    // Both: a withdrawal that is being written would win against the takeover of the replay.
    await eventually(
      () => Promise.all([left, replayed].map(ledger.calls.readIntent)),
      (intents) => intents.every((intent) => intent?.withdrawn === true),
    );
    await perform(later(20), commandOf(replayed));
    await runCallHousekeeping(later(20, { withdrawals: aLedger().withdrawals }), false);
    expect([await dials(left), await dials(replayed)]).toEqual([0, 1]);
    expect(await readOperation(ledger, left)).toMatchObject({ status: 'failed', error: { code: 'notRequested' } });
    expect((await ledger.calls.readCall(left))?.record.status).toBe('failed');
  },
);

test('what ACS would do twice is not retried: it ends with a reason when its time is over', async () => {
  const play = all.find(({ onRetry }) => onRetry === 'performedAgain');
  const callId = randomUUID();
  const call = aCall({ callId, status: 'connected', callConnectionId: randomUUID() });
  await ledger.calls.claim(anIntent({ operationId: callId }), call);
  const { command, operationId } = await orphan(play as Operation, {}, callId);
  expect((await perform(later(20), command)).operation.status).toBe('accepted');
  const { open } = (await ledger.calls.readCall(callId))?.record ?? aCall();
  expect(open[operationId]?.life.state).toBe('unconfirmed');
});
