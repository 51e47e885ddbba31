/** Operations without a stored response, as a crash between intent and response leaves them. */
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { Intent } from '../../../../shared/calls/operation-life/operation-record.ts';
import type { Outcome } from '../../../../shared/calls/operation-life/outcome.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { readOperation } from '../../../../shared/ledger/reads/read.ts';
import { aCall, anOpenOperation } from '../../calls/stories.ts';
import { aLedger, anIntent } from '../a-ledger.ts';

const ledger = aLedger();
const overdue = { dueAt: '2026-01-01T12:00:01.000Z' };
const at = '2026-01-01T12:00:02.000Z';

/** A call whose creation was interrupted, with what `over` adds; the operation's id, which is the call's. */
async function interrupted(
  intent: Partial<Intent> = {},
  over: (id: string) => Partial<CallRecord> = () => ({}),
  into = ledger,
) {
  const { operationId } = anIntent();
  const call = aCall({ ...over(operationId), callId: operationId });
  await into.calls.claim(anIntent({ operationId, ...intent }), call);
  return operationId;
}

/** The ledger at a later time. */
const later = (seconds: number, over: Partial<Ledger> = {}): Ledger => ({
  ...ledger,
  now: () => new Date(Date.now() + seconds * 1000).toISOString(),
  ...over,
});

const read = async (id: string, from: Ledger = ledger) => readOperation(from, id);

test('one that is not overdue is accepted', async () => {
  const leaseUntil = '2200-01-01T00:00:00.000Z';
  expect(await read(await interrupted({ leaseUntil }))).toMatchObject({ status: 'accepted' });
});

test('one whose event arrived before the crash has the outcome of the event', async () => {
  const outcome: Outcome = { status: 'succeeded', settledBy: 'event', settledAt: at };
  const buffered = (participants: string[]) => (id: string) => ({
    buffered: { [id]: { since: outcome.settledAt, outcome, participants, events: [] } },
  });
  expect(await read(await interrupted({}, buffered([])))).toMatchObject(outcome);
  const move = { name: 'moveParticipants', about: ['8:acs:a', '8:acs:b'] };
  expect(await read(await interrupted(move, buffered(['8:acs:a'])))).toMatchObject({ status: 'accepted' });
  expect(await read(await interrupted(move, buffered(['8:acs:b', '8:acs:a'])))).toMatchObject(outcome);
});

test.each([
  ['transferCall', { endedAt: at }, 'failed', 'callEnded'],
  ['createCall', { endedAt: at }, 'indeterminate', 'outcomeUnknown'],
  ['createCall', { connectedAt: at, endedAt: at }, 'succeeded', undefined],
  ['hangUp', { endedAt: at }, 'succeeded', undefined],
] as const)('%s of a call that has ended (%o) is %s once its process is gone', async (name, ended, status, code) => {
  const id = await interrupted({ name }, () => ({ ...ended, status: 'disconnected' }));
  expect(await read(id)).toMatchObject({ status: 'accepted' });
  const operation = await read(id, later(120));
  expect(operation.status).toBe(status);
  expect(operation.error?.code).toBe(code);
});

test('an overdue createCall that got no connection is indeterminate, and its call is unknown', async () => {
  const id = await interrupted(overdue);
  const outcome = { status: 'indeterminate', settledBy: 'deadline', error: { code: 'outcomeUnknown', source: 'app' } };
  expect(await read(id)).toMatchObject(outcome);
  expect((await ledger.calls.readCall(id))?.record).toMatchObject({ status: 'unknown', open: {} });
  // A call without a connection cannot be read at ACS.
  const { items } = await ledger.calls.readTimeline(id, 10, undefined);
  expect(items).toMatchObject([{ kind: 'settled', why: 'its deadline' }]);
  expect(await read(id)).toMatchObject(outcome);
});

test('an overdue answer that got no connection is indeterminate, and its call is unknown', async () => {
  const incoming = {
    from: '+14255550123',
    to: '+14255550100',
    context: 'c',
    status: 'ringing',
    receivedAt: at,
  } as const;
  const id = await interrupted({ ...overdue, name: 'answerCall' }, () => ({ status: 'ringing', incoming }));
  expect(await read(id)).toMatchObject({ status: 'indeterminate' });
  expect((await ledger.calls.readCall(id))?.record).toMatchObject({
    status: 'unknown',
    incoming: { status: 'answered' },
  });
});

test('an overdue operation waits while ACS does not respond, also one that ACS had accepted', async () => {
  const open = (id: string) => ({ callConnectionId: 'cc', open: { [id]: anOpenOperation('createCall', overdue) } });
  expect(await read(await interrupted(overdue, () => ({ callConnectionId: 'cc' })))).toMatchObject({
    status: 'accepted',
  });
  expect(await read(await interrupted(overdue, open))).toMatchObject({ status: 'accepted' });
});

test('a read with a write conflict settles nothing; the next one does', async () => {
  const raced = { ...ledger, calls: { ...ledger.calls, write: async () => 'changed' as const } };
  const id = await interrupted(overdue);
  expect(await read(id, raced)).toMatchObject({ status: 'accepted' });
  expect(await read(id)).toMatchObject({ status: 'indeterminate' });
});

test('one whose call was removed from storage stays as it was', async () => {
  const intent = anIntent({ ...overdue, callId: anIntent().operationId });
  await ledger.calls.claim(intent);
  expect(await read(intent.operationId)).toMatchObject({ status: 'accepted' });
});

test('one that settles between the reads of its progress and its call is not settled again', async () => {
  const open = (id: string) => ({ callConnectionId: 'cc', open: { [id]: anOpenOperation('hangUp') } });
  const id = await interrupted({ ...overdue, name: 'hangUp' }, open);
  const raced = {
    ...ledger.calls,
    async readCall(callId: string) {
      const ended = { id: 'e', type: 'Microsoft.Communication.CallDisconnected', time: at, data: {} };
      await receiveCallback(ledger, callId, [ended]);
      return ledger.calls.readCall(callId);
    },
  };
  expect(await read(id, { ...ledger, calls: raced })).toMatchObject({ status: 'succeeded', settledBy: 'event' });
  const { items } = await ledger.calls.readTimeline(id, 50, undefined);
  expect(items.filter(({ kind }) => kind === 'settled')).toHaveLength(1);
});
