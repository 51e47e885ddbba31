/** Calls that no rule takes, with another default action; and calls that ring longer than the ring window. */
import { afterAll, beforeAll, expect } from 'vitest';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lets calls ring for ten seconds');

let board: Switchboard;
const [to, left] = ['+14255550100', '+14255550101'];

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, INCOMING_DEFAULT_ACTION: 'reject', RING_WINDOW_SECONDS: '10' });
  await board.api('PUT', 'routing-rules/leave', { priority: 1, match: { to: left }, action: { kind: 'leave' } });
});
afterAll(() => board.close());

test('the default action is for calls that no rule takes', async () => {
  const { incomingCallId } = await dialIn(board, { to });
  expect((await becomes(board, incomingCallId, 'rejected')).body.ruleId).toBeUndefined();
});

test('a call that was left alone is stale once the ring window is over, and can no longer be taken', async () => {
  const { incomingCallId } = await dialIn(board, { to: left });
  await becomes(board, incomingCallId, 'stale');
  const since = await lastEntry(board);
  for (const action of ['answer', 'reject']) {
    expect(problemIn(await board.api('POST', `incoming-calls/${incomingCallId}/${action}`)).problem).toBe(
      '409 callNotAnswerable',
    );
  }
  expect(await requestsSince(board, since)).toEqual([]);
});
