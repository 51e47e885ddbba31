/** Whole calls, and then the callbacks that ACS really sent, in any order and any of them twice: the call ends the same. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCallRecord, type OpenOperation, toCall } from '../../shared/calls/call.ts';
import { receiveCallback } from '../../shared/ledger/events/receive.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { aLedger, anIntent } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { runs } from '../support/property-runs.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { entriesSince, party, withoutTimers } from './wire.ts';

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
  readonly participant?: string;
}

const hangUp: Step = { name: 'hangUp', path: '/hang-up', input: { forEveryone: true } };
const create = (...targets: string[]): Step => ({ name: 'createCall', path: 'calls', input: { targets, callerId } });
const remove = (participant: string): Step => ({
  name: 'removeParticipant',
  path: `/participants/${participant}`,
  participant,
});

const comeAndGo: readonly Step[] = [
  create(first),
  { name: 'addParticipant', path: '/participants', input: { target: user } },
  { name: 'muteParticipant', path: `/participants/${user}/mute`, input: {}, participant: user },
  { name: 'addParticipant', path: '/participants', input: { target: decliner } },
  { name: 'addParticipant', path: '/participants', input: { target: second, callerId } },
  remove(user),
];
const group = { locator: { kind: 'group', id: randomUUID() } };

/** What is done, each step when the one before has settled, and how the call is in the end. */
const stories: readonly (readonly [story: string, end: string, steps: readonly Step[]])[] = [
  ['a call that is answered and hung up', 'disconnected', [create(first), hangUp]],
  ['a call that is declined', 'failed', [create(decliner)]],
  ['a group call with somebody who declines', 'disconnected', [create(first, decliner), hangUp]],
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

/** What a reader of the API sees in the end: the call, and the status of each operation (its error is the first told). */
interface Ended {
  readonly call: object;
  readonly outcomes: Readonly<Record<string, string>>;
}

const withoutIds = ({ callId: _, createdAt: __, ...call }: Record<string, unknown>) => call;

/** Tells a story at ACS. */
async function told(steps: readonly Step[], end: string) {
  const open: Record<string, OpenOperation> = {};
  let callId = '';
  for (const { name, path, input, participant } of steps) {
    const url = path.startsWith('/') ? `calls/${callId}${path.replace(participant ?? '', encodeURIComponent)}` : path;
    const { body } = await board.api(input ? 'POST' : 'DELETE', url, input, { prefer: 'wait=20' });
    callId = body.callId;
    open[body.operationId] = openOperation(name, { ...input, ...(participant && { participant }) }, body.result);
  }
  const { callbacks, record } = await over(callId, end);
  const outcomes: Record<string, string> = {};
  for (const operationId of Object.keys(open)) {
    outcomes[operationId] = (await board.api('GET', `operations/${operationId}`)).body.status;
  }
  return { open, callbacks, direction: record.direction, ended: { call: withoutIds(record), outcomes } as Ended };
}

function openOperation(name: string, input: object, result: { invitationId?: string } = {}): OpenOperation {
  const operation: Operation | undefined = operations.find((one) => one.name === name);
  const about = operation?.about?.({ ...input }) ?? [];
  return {
    name,
    dueAt: '9999-12-31T00:00:00.000Z',
    about,
    ...(result.invitationId && { invitationId: result.invitationId }),
  };
}

/** The call when it is as it shall be in the end, and everything that ACS had to say of it was delivered. */
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

const ledger = aLedger();

/** Takes callbacks into a call of which only the operations are known. */
async function replayed(open: Record<string, OpenOperation>, direction: 'outbound', callbacks: readonly unknown[][]) {
  const callId = randomUUID();
  const record = newCallRecord({ callId, direction, createdAt: ledger.now(), open });
  await ledger.calls.claim(anIntent({ operationId: callId }), record);
  for (const elements of callbacks) {
    await receiveCallback(ledger, callId, elements);
  }
  const stored = await ledger.calls.readCall(callId);
  const settled = Object.keys(open).map(async (id) => [id, (await ledger.calls.readProgress(callId, id))?.status]);
  const call = withoutIds({ ...(stored && toCall(stored.record)) });
  return { call, outcomes: Object.fromEntries(await Promise.all(settled)) };
}

test.each(stories)(
  '%s ends the same in whatever order its callbacks come, each of them twice',
  async (_, end, steps) => {
    const { open, callbacks, direction, ended } = await told(steps, end);
    expect(Object.values(ended.outcomes).join()).not.toContain('sent');
    expect(callbacks.length).toBeGreaterThan(1);
    const anyOrder = fc.shuffledSubarray([...callbacks, ...callbacks], { minLength: callbacks.length * 2 });
    const property = fc.asyncProperty(anyOrder, async (shuffled) => {
      expect(await replayed(open, direction, shuffled)).toEqual(ended);
    });
    await fc.assert(property, { ...runs(10), endOnFailure: true });
  },
);
