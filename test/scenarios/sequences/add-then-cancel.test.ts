import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { lastEntry, party, requestsSince, withoutTimers } from '../../support/wire.ts';
import { aCall, callerId, outcomes, run } from './sequences.ts';

let board: Switchboard;
const guest = '+14255550151';

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

test('an invitation that is answered in time is not cancelled', async () => {
  const callId = await aCall(board);
  await party(board, guest, { onRing: 'answer', afterMs: 0 });
  const since = await lastEntry(board);
  const sequence = await run(board, { name: 'addThenCancel', input: { callId, target: guest, callerId } });
  expect(sequence).toMatchObject({
    name: 'addThenCancel',
    callId,
    status: 'succeeded',
    result: { outcome: 'answered' },
  });
  expect(outcomes(sequence)).toEqual(['add succeeded', 'add-cancel skipped']);
  const paths = (await requestsSince(board, since)).map(({ path }) => path?.replace(/^.*\//, '').replace(/\?.*$/, ''));
  expect(paths).toEqual(['participants:add']);
});

test('an invitation that is not answered in time is cancelled', async () => {
  const callId = await aCall(board);
  await party(board, guest, { onRing: 'noAnswer' });
  const input = { callId, target: guest, callerId, cancelAfter: 'PT0.3S' };
  const sequence = await run(board, { name: 'addThenCancel', input });
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'canceled' } });
  expect(outcomes(sequence)).toEqual(['add canceled', 'add-cancel succeeded']);
});

test('a declined invitation is reported as declined', async () => {
  const callId = await aCall(board);
  await party(board, guest, { onRing: 'decline', afterMs: 0 });
  const sequence = await run(board, { name: 'addThenCancel', input: { callId, target: guest, callerId } });
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'declined' } });
});
