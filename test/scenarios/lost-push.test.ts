/** A push delivery that is lost, as a cold host answers 401 before it knows its keys: the queue brings the call, once. */
import { randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { eventually } from '../support/api.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { becomes, dialIn, incomingCallEventFrom, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, settingsFor, startSwitchboard, storageUrl, subscribe } from '../support/switchboard.ts';
import { entriesSince, lastEntry, timesDone, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('puts messages on a queue of its own, and starts a second host');

const to = '+14255550100';
const lostForMs = 5 * 60_000;
const queueBringsWithinMs = 2000;
const prefix = `t${randomUUID().slice(0, 8)}`;

const lines: string[] = [];
let board: Switchboard;

beforeAll(async () => {
  const settings = { ...withoutTimers, TABLE_PREFIX: prefix, RING_WINDOW_SECONDS: '120' };
  board = await startSwitchboard(settings, {}, (line) => lines.push(line));
  await board.api('PUT', 'routing-rules/answer', { priority: 1, action: { kind: 'answer' } });
});
afterAll(() => board.close());
afterEach(() => board.emulator.control.delete('faults'));

const queueOf = (name: string) => new QueueClient(inject('storage'), `${prefix}${name}`);

/** Puts text on the queue as Event Grid does. */
const enqueue = (text: string) => queueOf('incoming-calls').sendMessage(Buffer.from(text).toString('base64'));

async function isEmpty(): Promise<boolean> {
  return (await queueOf('incoming-calls').getProperties()).approximateMessagesCount === 0;
}

/** Every delivery of incoming calls: the kind of its destination, and the answer. */
async function deliveriesSince(since: number): Promise<string[]> {
  const deliveries = (await entriesSince(board, since)).filter(
    ({ kind, event }) => kind === 'delivery' && event === 'IncomingCall',
  );
  return deliveries.map(({ url, status }) => `${url?.includes('/runtime/') ? 'function' : 'queue'} ${status}`).sort();
}

/** Dials in until the call is answered: how long that took, and which deliveries there were. */
async function answeredCall() {
  const since = await lastEntry(board);
  const startedAtMs = Date.now();
  const { incomingCallId } = await dialIn(board, { to });
  await becomes(board, incomingCallId, 'answered');
  const tookMs = Date.now() - startedAtMs;
  await eventually(isEmpty, (empty) => empty);
  return {
    tookMs,
    deliveries: await deliveriesSince(since),
    answers: await timesDone(board, 'answerCall', since),
  };
}

test('a function that answers 401 for five minutes loses no caller: the queue brings each call within 2 s, once', async () => {
  const pushed = await answeredCall();
  expect(pushed).toMatchObject({ deliveries: ['function 202', 'queue 201'], answers: 1 });

  const match = 'IncomingCall';
  await board.emulator.control.post('faults', { match, do: { deliveryStatus: 401 }, forMs: lostForMs });
  const queued = [await answeredCall(), await answeredCall(), await answeredCall()];
  for (const call of queued) {
    expect(call).toMatchObject({ deliveries: ['function 401', 'queue 201'], answers: 1 });
  }
  // Later than a call that was pushed, and the fastest of three: the machine may be busy with something else.
  const laterMs = Math.min(...queued.map(({ tookMs }) => tookMs)) - pushed.tookMs;
  expect(laterMs).toBeLessThan(queueBringsWithinMs);
});

test('a call that both deliver is answered once, and the second delivery asks nothing of the tables', async () => {
  const since = await lastEntry(board);
  const { incomingCallId, from } = await dialIn(board, { to });
  await becomes(board, incomingCallId, 'answered');
  await eventually(isEmpty, (empty) => empty);
  expect(await deliveriesSince(since)).toEqual(['function 202', 'queue 201']);
  const event = await incomingCallEventFrom(board, from);
  const { length } = lines;
  board.storage.take();
  await enqueue(JSON.stringify(event));
  await eventually(
    async () => lines.slice(length).filter((line) => line.includes('IncomingCall event redelivered')),
    (again) => again.length === 1,
  );
  expect(board.storage.take().filter(({ path }) => path.includes(`${prefix}call`))).toEqual([]);
  expect(await timesDone(board, 'answerCall', since)).toBe(1);
});

test('a call that the queue brings long after it rang is stale, and its timeline says why', async () => {
  const { from: earlier } = await dialIn(board, { to });
  const event = await incomingCallEventFrom(board, earlier);
  const from = nextCaller();
  const late = {
    ...event,
    id: randomUUID(),
    eventTime: new Date(Date.now() - 340_000).toISOString(),
    data: { ...event.data, from: { ...event.data.from, rawId: `4:${from}` }, correlationId: randomUUID() },
  };
  await enqueue(JSON.stringify(late));
  const items = await eventually(
    async () => (await board.api('GET', 'incoming-calls?status=stale')).body.items,
    (listed) => listed.some((item: { from: string }) => item.from === from),
  );
  const { incomingCallId } = items.find((item: { from: string }) => item.from === from);
  const { body } = await board.api('GET', `calls/${incomingCallId}/timeline`);
  expect(body.items).toMatchObject([
    {
      event: 'IncomingCall',
      message: expect.stringMatching(/^Delivered 34\d s after it rang; the ring window is 120 s/),
    },
    { kind: 'routed', action: 'leave', why: 'the ring window is over' },
  ]);
  expect(lines.some((line) => line.includes('delivered after the ring window'))).toBe(true);
});

test('a call that another instance has routed costs a look at its row', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...(await settingsFor(board.emulator, board.acs.url, storageUrl('Table'), url)),
    ...withoutTimers,
    TABLE_PREFIX: prefix,
    'AzureWebJobs.incomingCallFromQueue.Disabled': 'true',
  };
  let other: HostProcess | undefined;
  try {
    other = await startHostProcess(port, settings);
    // Its queue is another, so that nothing brings the call here.
    await subscribe(board.emulator, url, `${prefix}other`);
    const { incomingCallId, from } = await dialIn(board, { to });
    await becomes(board, incomingCallId, 'answered');
    const event = await incomingCallEventFrom(board, from);
    board.storage.take();
    await enqueue(JSON.stringify(event));
    await eventually(isEmpty, (empty) => empty);
    const asked = board.storage.take().filter(({ path }) => path.includes(`${prefix}call`));
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  } finally {
    await other?.kill();
  }
});
