/** Streams of Server-Sent Events (long because all share one app): changes are shown at once, cuts lose and repeat nothing, readers share their cost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { liveIdOf } from '../../shared/http/stream-position.ts';
import { changeCall } from '../../shared/ledger/change-call.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { aLedger, aPrefix } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { type Message, readStream } from '../support/event-stream.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with short streams, and counts its requests to storage');

const streamSeconds = 4;
const pollMs = 500;

let board: Switchboard;
const log: string[] = [];
const tables = aPrefix();
const index = openCallIndex({ connectionString: inject('storage') }, tables);

beforeAll(async () => {
  const settings = {
    ...withoutTimers,
    TABLE_PREFIX: tables,
    STREAM_SECONDS: String(streamSeconds),
    STREAM_HEARTBEAT_SECONDS: '1',
    STREAM_POLL_MILLISECONDS: String(pollMs),
  };
  board = await startSwitchboard(settings, {}, (line) => log.push(line));
});
afterAll(() => board.close());
beforeEach(() => quiet()); // The streams of the test before are over.

/** Waits until two polls would have passed without a request to storage: the host notices after a while who has left. */
const quiet = () =>
  eventually(
    async () => {
      board.storage.take();
      await pause(2 * pollMs);
      return board.storage.take().length;
    },
    (requests) => requests === 0,
  );

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const reader = (path: string, lastEventId?: string) => readStream(`${board.url}/api/${path}`, lastEventId);

const entriesOf = (messages: readonly Message[]) =>
  messages.filter(({ event }) => event === 'timeline').map(({ data }) => data);
const lastCallIn = (messages: readonly Message[]) => messages.findLast(({ event }) => event === 'call')?.data;
const isOver = (messages: readonly Message[]) => lastCallIn(messages)?.status === 'disconnected';

const timelineOf = async (callId: string) => (await board.api('GET', `calls/${callId}/timeline?limit=200`)).body.items;
const byKey = (entries: object[]) => entries.map((one) => JSON.stringify(one)).sort();

test('a stream starts with the timeline and the call, and goes on with what changes, at once', async () => {
  const callId = await connectedCall(board.api);
  const { messages, state, has, leave } = reader(`calls/${callId}/stream`);
  await has((all) => lastCallIn(all)?.status === 'connected');
  expect(state.text.startsWith('retry: 1000\n\n')).toBe(true);
  const before = messages.length;
  const asked = Date.now();
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const settled = Date.now();
  await has((all) => isOver(all));
  expect(messages.length).toBeGreaterThan(before);
  // Within a second on a quiet machine; this one may be busy.
  expect((messages.findLast(({ event }) => event === 'call')?.at ?? 0) - settled).toBeLessThan(10_000);
  expect(messages.at(-1)?.at).toBeGreaterThanOrEqual(asked);
  await has((all) => entriesOf(all).some(({ kind, operation }) => kind === 'settled' && operation === 'hangUp'));
  expect(byKey(entriesOf(messages))).toEqual(byKey(await timelineOf(callId)));
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  leave();
});

test('a change by another instance is shown after a poll', async () => {
  const callId = await connectedCall(board.api);
  const { has, leave } = reader(`calls/${callId}/stream`);
  await has((all) => lastCallIn(all)?.status === 'connected');
  // A ledger with a memory of its own, as another instance has it.
  await changeCall(aLedger({}, tables), callId, (call) => ({ ...call, metadata: { ticket: 'elsewhere' } }));
  await has((all) => lastCallIn(all)?.metadata?.ticket === 'elsewhere');
  leave();
});

test('across cuts at any event nothing is lost and nothing comes twice', async () => {
  const callId = await connectedCall(board.api);
  const received: Message[] = [];
  const act = (async () => {
    for (const tones of [['one'], ['two'], ['three']]) {
      await board.api('POST', `calls/${callId}/media/send-dtmf`, { tones, to: '+14255550177' }, { prefer: 'wait=20' });
    }
    await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  })();
  for (let cuts = 1; !isOver(received) || entriesOf(received).length < 1; cuts += 1) {
    const { messages, state, has, leave } = reader(`calls/${callId}/stream`, received.at(-1)?.id);
    await has((all) => state.hasEnded || all.length >= (cuts % 3) + 1);
    leave();
    // The client takes some of what was sent, and is cut within the rest.
    received.push(...messages.slice(0, (cuts % 3) + 1));
  }
  await act;
  const { messages, done } = reader(`calls/${callId}/stream`, received.at(-1)?.id);
  await done;
  received.push(...messages);
  expect(byKey(entriesOf(received))).toEqual(byKey(await timelineOf(callId)));
  expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
});

test('an entry that arrives late, with an earlier time than others, is sent when it arrives', async () => {
  const callId = await connectedCall(board.api);
  await board.emulator.control.post('faults', { match: 'SendDtmfTonesCompleted', do: { delayEventMs: 1500 } });
  const { messages, has, leave } = reader(`calls/${callId}/stream`);
  await has((all) => lastCallIn(all)?.status === 'connected');
  await board.api('POST', `calls/${callId}/media/send-dtmf`, { tones: ['one'], to: '+14255550177' });
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const resumedAt = messages.at(-1)?.id;
  leave();
  await board.emulator.control.delete('faults');
  const second = reader(`calls/${callId}/stream`, resumedAt);
  await second.done;
  expect(byKey(entriesOf([...messages, ...second.messages]))).toEqual(byKey(await timelineOf(callId)));
});

test('a stream ends before the platform ends it, after heartbeats, and says when to come back', async () => {
  const callId = await connectedCall(board.api);
  const from = Date.now();
  const { state, done } = reader(`calls/${callId}/stream`);
  await done;
  expect(Date.now() - from).toBeGreaterThanOrEqual(streamSeconds * 1000 - 100);
  expect(state.text.split(': heartbeat\n\n').length).toBeGreaterThanOrEqual(3);
  expect(state.text).toMatch(/retry: 1000\n\n$/);
});

test('of a call that is over a client gets what it has not, and then 204', async () => {
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const { messages, done, state } = reader(`calls/${callId}/stream`);
  await done;
  expect(state.status).toBe(200);
  expect(isOver(messages)).toBe(true);
  // The entries of the last change alone are not everything: the call as it is then is missing.
  const last = reader(`calls/${callId}/stream`, messages.at(-2)?.id);
  await last.done;
  expect(last.messages.map(({ id }) => id)).toEqual([messages.at(-1)?.id]);
  const again = reader(`calls/${callId}/stream`, messages.at(-1)?.id);
  await again.done;
  expect(again.state).toEqual({ status: 204, text: '', hasEnded: true });
});

test('fifty readers of a call cost as much as one, and none that has left costs anything', async () => {
  const callId = await connectedCall(board.api);
  const path = `calls/${callId}/stream`;
  const readers: ReturnType<typeof reader>[] = [];
  // A busy machine opens a few at a time: fifty at once may be 503 there.
  while (readers.length < 50) {
    const few = Array.from({ length: 10 }, () => reader(path));
    readers.push(...few);
    await Promise.all(few.map(({ has }) => has((all) => lastCallIn(all)?.status === 'connected')));
  }
  board.storage.take();
  const from = Date.now();
  await pause(3 * pollMs);
  const polls = board.storage.take().length;
  expect(polls).toBeGreaterThanOrEqual(1);
  expect(polls).toBeLessThanOrEqual(Math.ceil((Date.now() - from) / pollMs) + 1);
  for (const { leave } of readers) {
    leave();
  }
  await Promise.all(readers.map(({ done }) => done));
  await quiet();
  await pause(4 * pollMs);
  expect(board.storage.take()).toEqual([]);
  expect(log.filter((line) => line.includes('followCall') && line.includes('(Failed)'))).toEqual([]);
});

test('the stream of live calls shows each call as it starts, changes and ends, and resumes with its last state', async () => {
  const ended = await connectedCall(board.api);
  await board.api('POST', `calls/${ended}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const first = await connectedCall(board.api);
  const one = reader('calls/stream');
  await one.has((all) => all.some(({ data }) => data.callId === first));
  const second = await connectedCall(board.api);
  const ofSecond = (all: readonly Message[]) => all.filter(({ data }) => data.callId === second);
  await one.has((all) => ofSecond(all).at(-1)?.data.status === 'connected');
  one.leave();
  expect(one.messages.some(({ data }) => data.callId === ended)).toBe(false);
  await board.api('POST', `calls/${first}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    () => board.api('GET', `calls/${first}`),
    ({ body }) => body.status === 'disconnected',
  );
  const two = reader('calls/stream', one.messages.at(-1)?.id);
  await two.has((all) => all.some(({ data }) => data.callId === first && data.status === 'disconnected'));
  expect(ofSecond(two.messages)).toEqual([]);
  two.leave();
});

test('while no live call changes its stream sends heartbeats, and nothing twice', async () => {
  const callId = await connectedCall(board.api);
  const { messages, state, has, leave } = reader('calls/stream');
  await has((all) => all.some(({ data }) => data.callId === callId));
  const before = messages.length;
  await eventually(
    async () => state.text,
    (text) => text.includes(': heartbeat\n\n'),
  );
  expect(messages.length).toBe(before);
  leave();
});

test('the stream of live calls resumes also after calls that are not listed any more', async () => {
  const ended = await connectedCall(board.api);
  await board.api('POST', `calls/${ended}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const { createdAt } = (await board.api('GET', `calls/${ended}`)).body;
  // As housekeeping does with calls that are over.
  await index.drop({ callId: ended, createdAt, terms: [] });
  const known = liveIdOf(new Map([ended, randomUUID()].map((callId) => [callId, 0])));
  const { messages, has, leave } = reader('calls/stream', known);
  await has((all) => all.some(({ data }) => data.callId === ended));
  expect(messages.filter(({ data }) => data.callId === ended)).toMatchObject([{ data: { status: 'disconnected' } }]);
  leave();
});

test('an id that the stream never gave is refused', async () => {
  const callId = await connectedCall(board.api);
  for (const [path, ids] of [
    [`calls/${callId}/stream`, ['', '5', 'x:~', '5:../x', '1:']],
    ['calls/stream', ['', 'é', 'abc', '$$$$']],
  ] as const) {
    for (const id of ids) {
      const answer = await board.api('GET', path, undefined, { 'last-event-id': encodeURI(id) });
      expect(problemIn(answer)).toEqual({ problem: '422 invalidInput', fields: ['Last-Event-ID'] });
    }
  }
});

test('an outage of storage does not end a stream, which goes on afterwards', async () => {
  const callId = await connectedCall(board.api);
  const { has, leave, messages } = reader(`calls/${callId}/stream`);
  await has((all) => lastCallIn(all)?.status === 'connected');
  board.storage.down = true;
  await pause(2 * pollMs);
  board.storage.down = false;
  const before = messages.length;
  await board.api('PATCH', `calls/${callId}`, { metadata: { ticket: '4711' } });
  await has((all) => lastCallIn(all.slice(before))?.metadata?.ticket === '4711');
  leave();
});
