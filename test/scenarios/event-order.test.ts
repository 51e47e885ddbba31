/** Whole calls, and then the callbacks that ACS sent in them, in any order and each of them twice: the call ends the same. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Call, type CallRecord, newCallRecord, toCall } from '../../shared/calls/call.ts';
import type { OpenOperation } from '../../shared/calls/operation-life/open-operation.ts';
import type { Progress } from '../../shared/calls/operation-life/operation-record.ts';
import { withInvited } from '../../shared/calls/roster-changes.ts';
import { receiveCallback } from '../../shared/ledger/events/receive.ts';
import { settleAfterGrace } from '../../shared/ledger/events/settle.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { aLedger, anIntent } from '../shared/ledger/a-ledger.ts';
import { aRecordingNotifier } from '../shared/ledger/a-receiver.ts';
import { eventually } from '../support/api.ts';
import { runs } from '../support/property-runs.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { entriesSince, party, withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const callerId = '+14255550100';
const [first, second, third] = ['+14255550161', '+14255550162', '+14255550163'];
const [user, decliner] = ['8:acs:a_1', '8:acs:a_2'];

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  await party(board, decliner, { onRing: 'decline', afterMs: 0 });
});
afterAll(() => board.close());

interface Step {
  readonly name: string;
  readonly path: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

const hangUp: Step = { name: 'hangUp', path: '/hang-up', input: { forEveryone: true } };
const create = (...targets: string[]): Step => ({ name: 'createCall', path: 'calls', input: { targets, callerId } });
const remove = (participant: string): Step => ({
  name: 'removeParticipant',
  path: '/participants/remove',
  input: { participant },
});

const comeAndGo: readonly Step[] = [
  create(first),
  { name: 'addParticipant', path: '/participants', input: { target: user } },
  { name: 'muteParticipant', path: '/participants/mute', input: { participant: user } },
  { name: 'addParticipant', path: '/participants', input: { target: decliner } },
  { name: 'addParticipant', path: '/participants', input: { target: second, callerId } },
  remove(user),
];
const group = { locator: { kind: 'group', id: randomUUID() } };

/** The steps, each sent when the one before has settled, and the status of the call in the end. */
const stories: readonly (readonly [story: string, end: string, steps: readonly Step[]])[] = [
  ['a call that is answered and hung up', 'disconnected', [create(first), hangUp]],
  ['a call that is declined', 'failed', [create(decliner)]],
  ['a group call with a person who declines', 'disconnected', [create(first, decliner), hangUp]],
  ['a call that goes on while participants are added, muted and removed', 'connected', comeAndGo],
  ['the same call, hung up', 'disconnected', [...comeAndGo, hangUp]],
  [
    'a call that is transferred',
    'disconnected',
    [create(first), { name: 'transferCall', path: '/transfer', input: { target: third } }],
  ],
  [
    'a group call that is joined',
    'disconnected',
    [
      { name: 'connectCall', path: 'calls/connect', input: group },
      { name: 'addParticipant', path: '/participants', input: { target: first, callerId } },
      hangUp,
    ],
  ],
];

/** What is visible in the end: the call, and each operation as a reader and a subscriber see it. */
interface Ended {
  readonly call: object;
  readonly outcomes: Readonly<Record<string, object>>;
}

const withoutIds = ({ callId: _, createdAt: __, roster = [], participants = [], ...call }: Partial<Call>) => ({
  ...call,
  participants: participants.map(({ participantId: ___, ...participant }) => participant),
  roster: roster.map(({ participantId: ___, invitedAt: ____, ...entry }) => entry),
});

/** An operation as it ended: its error is part of that, the time and the result of its response are not. */
const ending = ({ status, settledBy, error }: Pick<Progress, 'status' | 'settledBy' | 'error'>) => ({
  status,
  settledBy,
  error,
});

/** Performs the steps at ACS. */
async function performed(steps: readonly Step[], end: string) {
  const open: Record<string, OpenOperation> = {};
  let made = newCallRecord({ salt: 'salt', callId: '', direction: 'outbound', createdAt: '' });
  let callId = '';
  for (const { name, path, input } of steps) {
    const url = path.startsWith('/') ? `calls/${callId}${path}` : path;
    const { body } = await board.api('POST', url, input, { prefer: 'wait=20' });
    callId = body.callId;
    open[body.operationId] = openOperation(name, { ...input }, body.result);
    made = asRequested(made, name, { ...input }, { operationId: body.operationId, at: body.createdAt });
  }
  const { callbacks, record } = await over(callId, end);
  const outcomes: Record<string, object> = {};
  for (const operationId of Object.keys(open)) {
    outcomes[operationId] = ending((await board.api('GET', `operations/${operationId}`)).body);
  }
  const { direction } = record;
  return { made: { ...made, direction, open }, callbacks, ended: { call: withoutIds(record), outcomes } as Ended };
}

/** The call with what the request of an operation says of it. */
function asRequested(call: CallRecord, name: string, input: object, invitation: { operationId: string; at: string }) {
  const operation: Operation | undefined = operations.find((one) => one.name === name);
  const invited = operation?.invites?.({ ...input });
  const described = { ...call, ...operation?.describes?.({ ...input }) };
  return invited ? withInvited(described, invited, invitation) : described;
}

function openOperation(name: string, input: object, result: { invitationId?: string } = {}): OpenOperation {
  const operation: Operation | undefined = operations.find((one) => one.name === name);
  const about = operation?.about?.({ ...input }) ?? [];
  return {
    name,
    life: { state: 'sent' },
    dueAt: '9999-12-31T00:00:00.000Z',
    about,
    ...(result.invitationId && { result }),
  };
}

/** The call when it has reached its end, and all callbacks of it were delivered. */
async function over(callId: string, end: string) {
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => body.status === end,
  );
  const entries = await eventually(
    async () => (await entriesSince(board, 0)).filter(({ url }) => url?.endsWith(callId)),
    (all) => all.filter(({ kind }) => kind === 'event').length === all.filter(({ kind }) => kind === 'delivery').length,
  );
  const { body: record } = await board.api('GET', `calls/${callId}`);
  return { record, callbacks: entries.flatMap(({ kind, body }) => (kind === 'event' ? [body] : [])) };
}

const notifier = aRecordingNotifier();
const ledger = aLedger({ notifier, presumedOutcomeGraceMs: 60_000 });
const afterGrace = () => new Date(Date.now() + 120_000).toISOString();

/** Delivers callbacks to a call of which only the requests are stored, and waits for the grace period to end. */
async function replayed(made: CallRecord, callbacks: readonly unknown[][]) {
  const callId = randomUUID();
  const { open } = made;
  const record = { ...made, callId, createdAt: ledger.now() };
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  for (const elements of callbacks) {
    await receiveCallback(ledger, callId, elements);
  }
  await settleAfterGrace({ ...ledger, now: afterGrace }, callId);
  const stored = await ledger.calls.readCall(callId);
  const call = withoutIds({ ...(stored && toCall(stored.record)) });
  const outcomes: Record<string, object> = {};
  for (const id of Object.keys(open)) {
    outcomes[id] = ending((await ledger.calls.readProgress(callId, id)) ?? { status: 'accepted' });
    const notified = notifier.sent.filter(
      ({ type, data }) => isSettlement(type) && data.callId === callId && data.operationId === id,
    );
    expect(notified.map(({ data }) => ending(data as unknown as Progress))).toEqual([outcomes[id]]);
  }
  return { call, outcomes };
}

const isSettlement = (type: string) => type.endsWith('.OperationSettled');

test.each(stories)(
  '%s ends the same in whatever order its callbacks arrive, each of them twice',
  async (_, end, steps) => {
    const { made, callbacks, ended } = await performed(steps, end);
    expect(JSON.stringify(ended.outcomes)).not.toContain('"sent"');
    expect(callbacks.length).toBeGreaterThan(1);
    const anyOrder = fc.shuffledSubarray([...callbacks, ...callbacks], { minLength: callbacks.length * 2 });
    const property = fc.asyncProperty(anyOrder, async (shuffled) => {
      expect(await replayed(made, shuffled)).toEqual(ended);
    });
    await fc.assert(property, { ...runs(10), endOnFailure: true });
  },
);
