/** What a process leaves of slots and of the queue when it ends is repaired by housekeeping, and nothing is dialed twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { perform } from '../../shared/ledger/commands/perform.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { openWriteBehind } from '../../shared/ledger/memory/write-behind.ts';
import { runCallHousekeeping } from '../../shared/ledger/upkeep/housekeeping.ts';
import { createCall } from '../../shared/operations/calls/create-call.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { type LimitedBoard, queue, startLimitedBoard } from '../support/limited-board.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { Switchboard } from '../support/switchboard.ts';
import { dialsOf, fault } from '../support/wire.ts';

const test = ownHostOnly('starts the app with tables of its own, and a second instance');

let board: Switchboard;
let limited: LimitedBoard;

beforeAll(async () => {
  limited = await startLimitedBoard();
  board = limited.board;
});
afterAll(() => board.close());
beforeEach(() => limited.reset());

const request = { operation: createCall, input: { targets: [guest], callerId, ...queue } } as const;
const housekeeping = (ledger = limited.instance()) => runCallHousekeeping(ledger, false);
const slotOf = (operationId: string) => ({ entering: { operationId, isCall: true, dials: true } });
const minutesMs = 60_000;

test('a slot whose process died before it stored the call, or after the call was over, is freed by housekeeping', async () => {
  const over = await connectedCall(board.api);
  await limited.hangUp(over);
  await runCallHousekeeping(limited.instance(20 * minutesMs), false);
  await limited.limits({ maxOpenCalls: 3 });
  const died = limited.instance(-2 * minutesMs);
  await died.slots.apply(slotOf(randomUUID()));
  await died.slots.apply(slotOf(over));
  const beingStored = randomUUID();
  await limited.instance().slots.apply(slotOf(beingStored));
  expect((await limited.create()).status).toBe(429);
  await housekeeping();
  expect(await limited.held()).toEqual([beingStored]);
  await limited.instance().slots.apply({ leaving: [beingStored] });
});

test('a request whose process died before it waited, or after it might go out, goes out by housekeeping, once', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const first = await connectedCall(board.api);
  const [unlisted, admitted] = [randomUUID(), randomUUID()];
  const died = {
    ...limited.instance(),
    writeBehind: { ...openWriteBehind(), run: () => {} },
    queueTimers: { start: () => {}, stop: () => {} },
  };
  await perform(died, { ...request, idempotencyKey: admitted });
  let changes = 0;
  const apply: Ledger['slots']['apply'] = async (change) => {
    changes += 1;
    return changes === 1 ? died.slots.apply(change) : Promise.reject(new Error('the process is gone'));
  };
  const diesSooner = { ...died, slots: { ...died.slots, apply } };
  await expect(perform(diesSooner, { ...request, idempotencyKey: unlisted })).rejects.toThrow('the process is gone');
  await housekeeping();
  const { waiting } = await died.slots.read();
  expect(waiting.map(({ operationId }) => operationId)).toEqual([admitted, unlisted]);
  await limited.limits({ maxOpenCalls: 2 });
  await died.limits.read();
  await died.slots.apply({});
  expect((await limited.operation(admitted)).status).toBe('queued');
  await Promise.all([housekeeping(), housekeeping()]);
  expect((await limited.settled(admitted)).status).toBe('succeeded');
  await limited.hangUp(admitted);
  expect((await limited.settled(unlisted)).status).toBe('succeeded');
  expect([await dialsOf(board, admitted), await dialsOf(board, unlisted)]).toEqual([1, 1]);
  await limited.hangUp(first);
});

test('a call that is unknown keeps its slot for as long as ACS may have it', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  await fault(board, 'createCall', { dropResponse: true }, 20);
  for (const kind of ['CallConnected', 'ParticipantsUpdated']) {
    await fault(board, kind, { dropEvent: true }, 20);
  }
  const { callId } = (await limited.create()).body;
  for (const _ of ['overdue', 'unknown', 'still unknown']) {
    await housekeeping(limited.instance(10 * minutesMs));
  }
  expect((await board.api('GET', `calls/${callId}`)).body.status).toBe('unknown');
  expect(await limited.held()).toEqual([callId]);
  expect((await limited.create()).status).toBe(429);
  for (const _ of ['listed', 'not listed any more']) {
    await housekeeping(limited.instance(31 * 60 * minutesMs));
  }
  expect(await limited.held()).toEqual([]);
});

test('a live call keeps its slot although it is not listed as open', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const callId = await connectedCall(board.api);
  const ahead = limited.instance(2 * minutesMs);
  const call = (await ahead.calls.readCall(callId))?.record;
  await (call && ahead.index.close(call, []));
  await housekeeping(ahead);
  expect(await limited.held()).toEqual([callId]);
});

test('a live call whose slot was given back while it seemed to be over holds it again, although the limit is reached', async () => {
  await limited.limits({ maxOpenCalls: 1 });
  const callId = await connectedCall(board.api);
  await limited.instance().slots.apply({ leaving: [callId] });
  const other = await connectedCall(board.api);
  expect(await limited.held()).toEqual([other]);
  await housekeeping();
  expect((await limited.held()).sort()).toEqual([callId, other].sort());
  await limited.hangUp(other);
  await eventually(limited.held, (ids) => ids.length === 1);
  expect((await limited.create()).status).toBe(429);
});
