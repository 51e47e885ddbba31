/** Two requests for one incoming call at once: ACS accepts one of them, and the other gets a 409 that says which. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { ringingCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { situations } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lets calls ring for minutes');

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, RING_WINDOW_SECONDS: '300' });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const done: Readonly<Record<string, string>> = {
  answerCall: 'answered',
  rejectCall: 'rejected',
  redirectCall: 'redirected',
};
const all: readonly Operation[] = operations;
const ofIncoming = all.filter(({ target }) => target === 'incomingCall');
const pairs = ofIncoming.flatMap((winner) => ofIncoming.map((loser) => ({ winner, loser })));

const request = ({ path, example }: Operation, incomingCallId: string) =>
  board.api('POST', path.replace('{incomingCallId}', incomingCallId), example);

test.each(pairs)('$winner.name wins against $loser.name, which gets a 409 that names it', async ({ winner, loser }) => {
  const incomingCallId = await ringingCall(board);
  await fault(board, situations[winner.name]?.wire ?? '', { latencyMs: 700 });
  const winning = request(winner, incomingCallId);
  // ACS has the winner's request before the loser's is sent; the response is still on its way.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const losing = await request(loser, incomingCallId);
  expect((await winning).status).toBeLessThan(300);
  expect(problemIn(losing).problem).toBe('409 callNotAnswerable');
  expect(losing.body.detail).toContain(done[winner.name]);
  if (losing.body.operationId) {
    const { body } = await board.api('GET', `operations/${losing.body.operationId}`);
    expect(body.error.message).toContain(done[winner.name]);
  }
  expect((await board.api('GET', `incoming-calls/${incomingCallId}`)).body.status).toBe(done[winner.name]);
});

test('a call that no longer rings at ACS is a 409 as well, although no request of this app took it', async () => {
  const incomingCallId = await ringingCall(board);
  const { from } = (await board.api('GET', `incoming-calls/${incomingCallId}`)).body;
  const { ringing } = (await board.emulator.control.get('ringing')) as {
    ringing: { ringingId: string; from: string }[];
  };
  const { ringingId } = ringing.find((one) => one.from === from) ?? {};
  await board.emulator.control.post(`ringing/${ringingId}/hang-up`, {});
  const answer = await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {});
  expect(problemIn(answer).problem).toBe('409 callNotAnswerable');
  expect(answer.body.detail).toContain('no longer offers the call');
});
