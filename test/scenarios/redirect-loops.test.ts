/** Redirects that would go round: refused as rules where rules show it, and limited for each call where nothing does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/api.ts';
import { becomes, dialIn, nextCaller } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const [callerId, sales, support] = ['+14255550100', '+14255550191', '+14255550192'];
const redirect = (target: string) => ({ kind: 'redirect', target, callerId });
const put = (ruleId: string, priority: number, to: string, action: object) =>
  board.api('PUT', `routing-rules/${ruleId}`, { priority, match: { to }, action });

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  await board.emulator.control.put('numbers', { numbers: [callerId, sales, support] });
});
afterAll(() => board.close());

test('a rule that redirects to itself is refused, and so is one that closes a loop of several, by the names of the rules', async () => {
  const own = await put('own', 1, sales, redirect(sales));
  expect(problemIn(own)).toEqual({ problem: '422 invalidInput', fields: ['action.target'] });
  expect(own.body.errors[0].message).toContain('own → own');
  expect((await put('sales', 10, sales, redirect(support))).status).toBe(200);
  const closing = await put('support', 10, support, redirect(sales));
  expect(problemIn(closing)).toEqual({ problem: '422 invalidInput', fields: ['action.target'] });
  expect(closing.body.errors[0].message).toContain('support → sales → support');
  expect((await board.api('GET', 'routing-rules/support')).status).toBe(404);
});

test('a call that goes round all the same is redirected five times, then rings on with the reason', async () => {
  await put('first', 1, support, { kind: 'answer' });
  expect((await put('support', 10, support, redirect(sales))).status).toBe(200);
  expect((await board.api('DELETE', 'routing-rules/first')).status).toBe(204);
  const since = await lastEntry(board);
  const from = nextCaller();
  await board.emulator.control.post('incoming-calls', { from, to: sales });
  const legs = await eventually(
    async () =>
      (await board.api('GET', 'incoming-calls')).body.items.filter(({ to }: { to: string }) =>
        [sales, support].includes(to),
      ),
    (items) => items.some(({ reason }: { reason?: string }) => reason !== undefined),
  );
  const [last, ...redirected] = legs;
  expect(last).toMatchObject({ status: 'ringing', reason: 'limitReached', to: support, ruleId: 'support' });
  expect(redirected.map(({ status }: { status: string }) => status)).toEqual(Array(5).fill('redirected'));
  // Each redirect displays the caller id that its rule names.
  expect(legs.map((leg: { from: string }) => leg.from)).toEqual([...Array(5).fill(callerId), from]);
  const { items } = (await board.api('GET', `calls/${last.incomingCallId}/timeline`)).body;
  expect(items).toContainEqual(expect.objectContaining({ message: 'Not redirected: it was redirected 5 times.' }));

  const again = await board.api('POST', `incoming-calls/${last.incomingCallId}/redirect`, redirectTo('8:acs:a_b'));
  expect(problemIn(again)).toEqual({ problem: '429 limitReached', fields: [] });
  const asked = await requestsSince(board, since);
  expect(asked.filter(({ path }) => path?.includes(':redirect'))).toHaveLength(5);
  await board.api('POST', `incoming-calls/${last.incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  await becomes(board, last.incomingCallId, 'answered');
});

const redirectTo = (target: string) => ({ target });

test('a redirect takes one target', async () => {
  const { incomingCallId } = await dialIn(board, { to: callerId });
  const answer = await board.api('POST', `incoming-calls/${incomingCallId}/redirect`, {
    target: ['8:acs:a_b', '8:acs:c_d'],
  });
  expect(problemIn(answer)).toEqual({ problem: '422 invalidInput', fields: ['target'] });
  expect(answer.body.errors[0].message).toContain('one person, not a list');
});
