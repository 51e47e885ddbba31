/** A call with the first pages of what belongs to it: as the lists answer them, and one point read for each poll that finds no change. */
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall, ringingCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { type PublishedBoard, published } from './published.ts';

const test = ownHostOnly('counts its requests to storage');

let board: Switchboard;
let checked: PublishedBoard;
beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  checked = await published(board);
});
afterAll(() => board.close());

const all = 'expand=operations,recordings,timeline';
const wait = { prefer: 'wait=20' };
const sendDtmf = (callId: string) =>
  board.api('POST', `calls/${callId}/media/send-dtmf`, { tones: ['one'], to: '+14255550177' }, wait);

/** Waits until events and what follows behind writes have made no request to storage for a while. */
async function quiet(): Promise<void> {
  await eventually(
    async () => {
      board.storage.take();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return board.storage.take().length;
    },
    (requests) => requests === 0,
  );
}

test('an expanded call has the pages that the lists of it answer first', async () => {
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/recordings`, {}, wait);
  await sendDtmf(callId);
  await quiet();
  const { operations, recordings, timeline, ...call } = (await checked.api('GET', `calls/${callId}?${all}`)).body;
  expect(call).toEqual((await board.api('GET', `calls/${callId}`)).body);
  expect(operations).toEqual((await board.api('GET', `operations?callId=${callId}`)).body);
  expect(recordings).toEqual((await board.api('GET', `recordings?callId=${callId}`)).body);
  expect(timeline).toEqual((await board.api('GET', `calls/${callId}/timeline`)).body);
  expect([operations, recordings, timeline].map(({ items }) => items.length > 0)).toEqual([true, true, true]);
  const one = (await checked.api('GET', `calls/${callId}?expand=timeline`)).body;
  expect(one).toEqual({ ...call, timeline });
});

test('a call that only rings is an incoming call, and no call yet', async () => {
  const incomingCallId = await ringingCall(board);
  expect((await board.api('GET', `incoming-calls/${incomingCallId}`)).status).toBe(200);
  for (const path of ['', '/properties', '/participants']) {
    expect(problemIn(await board.api('GET', `calls/${incomingCallId}${path}`)).problem).toBe('404 callNotFound');
  }
});

test('a page that is not the last has the cursor with which its list continues', async () => {
  const callId = await connectedCall(board.api);
  for (let tones = 0; tones < 20; tones += 1) {
    await sendDtmf(callId);
  }
  const { timeline } = (await board.api('GET', `calls/${callId}?expand=timeline`)).body;
  expect(timeline.items).toHaveLength(50);
  const next = await board.api('GET', `calls/${callId}/timeline?cursor=${timeline.nextCursor}`);
  const whole = await board.api('GET', `calls/${callId}/timeline?limit=200`);
  expect([...timeline.items, ...next.body.items]).toEqual(whole.body.items);
});

test('what a call cannot be expanded by is refused', async () => {
  const callId = await connectedCall(board.api);
  for (const expand of ['colours', 'operations,colours', '', 'operations, timeline']) {
    const { problem } = problemIn(await board.api('GET', `calls/${callId}?expand=${encodeURIComponent(expand)}`));
    expect(problem).toBe('422 invalidInput');
  }
});

test.each(['', `?${all}`])('a poll of a call%s with If-None-Match costs one point read', async (query) => {
  const callId = await connectedCall(board.api);
  await quiet();
  const path = `calls/${callId}${query}`;
  const etag = (await board.api('GET', path)).headers.get('etag') ?? '';
  for (let poll = 0; poll < 3; poll += 1) {
    board.storage.take();
    const { status } = await board.api('GET', path, undefined, { 'if-none-match': etag });
    const requests = board.storage.take();
    expect(status).toBe(304);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(decodeURIComponent(requests[0]?.path ?? '')).toContain(`PartitionKey='${callId}',RowKey='call'`);
  }
});

test('whatever changes in an expanded call, the version of it changes', async () => {
  const callId = await connectedCall(board.api);
  const path = `calls/${callId}?${all}`;
  const changes = [
    () => sendDtmf(callId),
    () => board.api('POST', `calls/${callId}/recordings`, {}, wait),
    () => board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, wait),
    () =>
      eventually(
        () => board.api('GET', `recordings?callId=${callId}`),
        ({ body }) => body.items[0].status === 'archived',
      ),
    async () => {
      const { items } = (await board.api('GET', `recordings?callId=${callId}`)).body;
      await board.api('DELETE', `recordings/${items[0].recordingId}`, {}, wait);
    },
  ];
  for (const change of changes) {
    const before = await board.api('GET', path);
    await change();
    await quiet();
    const after = await board.api('GET', path, undefined, { 'if-none-match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    // And the version that the client has now is the last one.
    const plain = await board.api('GET', path);
    expect(plain.headers.get('etag')).toBe(after.headers.get('etag'));
    expect(plain.body).toEqual(after.body);
  }
});
