/** Recordings and sequences by the time at which they were made and by their call, with what a page costs. */
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('counts its requests to storage');

/** Sequences of another call, which a list of one call must not read. */
const others = 12;

let board: Switchboard;
let callId: string;
const wait = { prefer: 'wait=20' };

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  callId = await connectedCall(board.api);
  const otherCall = await connectedCall(board.api);
  await start(callId);
  for (let number = 0; number < others; number += 1) {
    await start(otherCall);
  }
  await start(callId);
  await board.api('POST', `calls/${otherCall}/recordings`, {}, wait);
  await board.api('POST', `calls/${callId}/recordings`, {}, wait);
});
afterAll(() => board.close());

const start = (id: string) => board.api('POST', 'sequences', { callId: id, steps: [{ result: {} }] });

interface Item {
  readonly createdAt: string;
}

const page = (list: string, query: object) => board.api('GET', `${list}?${new URLSearchParams({ ...query })}`);
/** The times at which the items were made. */
const timesOf = async (list: string, query: object): Promise<string[]> =>
  (await page(list, query)).body.items.map(({ createdAt }: Item) => createdAt);

test.each(['recordings', 'sequences'])('%s are found by a period, without its two ends', async (list) => {
  for (const ofCall of [{}, { callId }]) {
    const all = await timesOf(list, ofCall);
    expect(all.length).toBeGreaterThan(0);
    for (const createdAt of all) {
      const later = await timesOf(list, { ...ofCall, createdAfter: createdAt });
      const earlier = await timesOf(list, { ...ofCall, createdBefore: createdAt });
      expect(later).toEqual(all.filter((one) => one > createdAt));
      expect(earlier).toEqual(all.filter((one) => one < createdAt));
      expect(await timesOf(list, { ...ofCall, createdAfter: createdAt, createdBefore: createdAt })).toEqual([]);
    }
  }
  const { problem, fields } = problemIn(await page(list, { createdAfter: 'yesterday', createdBefore: '1' }));
  expect([problem, fields]).toEqual(['422 invalidInput', ['createdAfter', 'createdBefore']]);
});

test('the sequences of a call are found without reading those of another', async () => {
  await eventually(
    async () => {
      board.storage.take();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return board.storage.take().length;
    },
    (requests) => requests === 0,
  );
  const first = await page('sequences', { callId, limit: 1 });
  board.storage.take();
  const rest = await page('sequences', { callId, cursor: first.body.nextCursor });
  const requests = board.storage.take();
  expect([first.body.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([1, 1, undefined]);
  // The rows, and the state of the sequence; its plan never changes and may be cached.
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.length).toBeLessThanOrEqual(3);
});
