/** Events that come twice, late, in another order, before the answer or never: each operation ends once, and right. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { EventKind } from '../../shared/calls/event.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { requestOf } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with a timeout for ACS of a second');

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ACS_TIMEOUT_SECONDS: '1' });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

/** The kind of event that settles an operation. */
function kindOf({ settles }: Operation): EventKind | undefined {
  const kinds = { response: undefined, callEnd: 'CallDisconnected', participants: 'ParticipantsUpdated' } as const;
  return settles.by === 'event' ? settles.success[0] : kinds[settles.by];
}

const all = operations.flatMap((operation: Operation) => {
  const kind = kindOf(operation);
  return kind ? [{ operation, name: operation.name, kind }] : [];
});
/** Those whose event another follows at once. What nothing follows is only held back, as a delay does it sooner. */
const followed = all.filter(({ name }) =>
  [
    'createCall',
    'connectCall',
    'answerCall',
    'transferCall',
    'addParticipant',
    'removeParticipant',
    'moveParticipants',
  ].includes(name),
);

const bent = [
  ...all.map((one) => ({ ...one, how: { duplicateEvent: true } })),
  ...all.map((one) => ({ ...one, how: { delayEventMs: 300 } })),
  ...followed.map((one) => ({ ...one, how: { reorderEvents: true } })),
  ...all.map((one) => ({ ...one, how: { eventBeforeResponse: true } })),
];

/** The operation once it settled, and how often the timeline says so. */
async function settled(operationId: string) {
  const { body } = await eventually(
    () => board.api('GET', `operations/${operationId}`),
    (answer) => !['accepted', 'sent'].includes(answer.body.status),
  );
  const timeline = await board.api('GET', `calls/${body.callId}/timeline?limit=200`);
  const entries: { kind: string; operationId?: string; eventId?: string }[] = timeline.body.items;
  return {
    status: body.status,
    times: entries.filter((entry) => entry.kind === 'settled' && entry.operationId === operationId).length,
    events: entries.filter(({ kind }) => kind === 'event').map(({ eventId }) => eventId),
  };
}

test.each(bent)('$name with $how of its event $kind has succeeded, once', async ({ operation, kind, how }) => {
  const send = await requestOf(board, operation);
  await fault(board, kind, how);
  const sent = await send();
  const { status, times, events } = await settled(sent.body.operationId);
  expect({ status, times }).toEqual({ status: 'succeeded', times: 1 });
  expect(new Set(events).size).toBe(events.length);
});

test('a move of several has succeeded when each has come, also when the event of one overtook the answer', async () => {
  const several = ['+14255550123', '+14255550124'];
  const fromCallId = await connectedCall(board.api, [...several, '+14255550125']);
  const callId = await connectedCall(board.api);
  await fault(board, 'MoveParticipantSucceeded', { eventBeforeResponse: true });
  const { body } = await board.api('POST', `calls/${callId}/participants/move`, { participants: several, fromCallId });
  expect(await settled(body.operationId)).toMatchObject({ status: 'succeeded', times: 1 });
});

test('an operation whose response arrives after the end of its call fails with the call', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'transferToParticipant', { latencyMs: 500 });
  await fault(board, 'CallTransferAccepted', { dropEvent: true });
  await fault(board, 'CallTransferFailed', { dropEvent: true });
  const since = await lastEntry(board);
  const input = { target: '+14255550124', transferee: '8:acs:absent' };
  const transferred = board.api('POST', `calls/${callId}/transfer`, input, { prefer: 'wait=20' });
  await eventually(
    () => requestsSince(board, since),
    (requests) => requests.length > 0,
  );
  const [{ body }] = await Promise.all([transferred, board.api('POST', `calls/${callId}/hang-up`, {})]);
  expect(body).toMatchObject({ status: 'failed', sentAt: expect.any(String), error: { code: 'callEnded' } });
});

/** What a read of the call can show. Without its event, any other operation waits for its deadline. */
const readable = all.filter(
  ({ kind, operation: { settles } }) =>
    settles.by !== 'event' || settles.evidence || settles.endSubCode !== undefined || kind === 'CallConnected',
);

test.each(readable)(
  '$name whose event $kind is lost is settled by a read, when its key is sent again',
  async ({ operation, kind }) => {
    const send = await requestOf(board, operation);
    await fault(board, kind, { dropEvent: true }, 5);
    const headers = { 'idempotency-key': randomUUID() };
    await send(headers);
    const { body } = await eventually(
      () => send(headers),
      (answer) => answer.body.status === 'succeeded',
    );
    expect(['read', 'event']).toContain(body.settledBy);
    expect((await settled(body.operationId)).times).toBe(1);
  },
);
