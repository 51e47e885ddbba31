/** The log of events while others write to it, and while what it depends on is down: nothing is lost, nothing is logged twice. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { isOf, type SubscribedBoard, startSubscribedBoard, subscribe, unsubscribe } from '../scenarios/receivers.ts';
import { runTimer } from '../scenarios/recordings.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import {
  endedCall,
  type Logged,
  logged,
  loggedOf,
  loggedWith,
  pageOfLog,
  shortLog,
  shortName,
} from '../support/event-log.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';

const test = ownHostOnly('cuts the app off from its queue and its log');

const settleSeconds = Number(shortLog.EVENT_LOG_SETTLE_SECONDS);
let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({
    ...shortLog,
    NOTIFY_CACHE_SECONDS: '0',
    'AzureWebJobs.housekeeping.Disabled': 'false',
  });
});
afterAll(() => board.close());
afterEach(async () => {
  board.storage.onPass = () => {};
  board.queues.down = false;
  await unsubscribe(board);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a reader that resumes by cursor and by id misses nothing and reads nothing twice while events are logged', async () => {
  const read: Logged[] = [];
  const start = new Date().toISOString();
  let isOver = false;
  const reader = (async () => {
    for (let isLast = false; !isLast; ) {
      isLast = isOver;
      const after = read.at(-1)?.id ?? start;
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { items, nextCursor } = await pageOfLog(board, { after, limit: '2', ...(cursor !== '' && { cursor }) });
        read.push(...items);
        cursor = nextCursor;
      }
    }
  })();
  await Promise.all(Array.from({ length: 4 }, () => endedCall(board)));
  await pause((settleSeconds + 1) * 1000);
  isOver = true;
  await reader;
  expect(read.map(({ id }) => id)).toEqual((await logged(board, { after: start })).map(({ id }) => id));
  expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
});

/** Has housekeeping send what outboxes hold until a call has an event in the log. */
async function loggedByHousekeeping(callId: string, name: string): Promise<readonly Logged[]> {
  return eventually(
    async () => {
      await runTimer(board, 'housekeeping');
      return loggedOf(board, callId);
    },
    (events) => events.some((event) => shortName(event) === name),
  );
}

test('events that the outbox sends again are logged once', async () => {
  await subscribe(board, 'queued', ['CallConnected']);
  board.queues.down = true;
  const callId = await connectedCall(board.api);
  const before = await loggedWith(board, callId, 'CallConnected');
  board.queues.down = false;
  await eventually(
    async () => {
      await runTimer(board, 'housekeeping');
      return board.receiver.at('/queued').filter(isOf(callId));
    },
    ({ length }) => length > 0,
  );
  const after = await loggedOf(board, callId);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
});

test('a call goes on while its events cannot be logged, and they are logged when they can', async () => {
  board.storage.onPass = ({ path, body }) =>
    `${path}${body}`.includes('eventLog') ? Promise.reject(new Error('down')) : undefined;
  const callId = await connectedCall(board.api);
  expect(problemIn(await board.api('GET', 'events')).problem).toBe('503 storageUnavailable');
  board.storage.onPass = () => {};
  const events = await loggedByHousekeeping(callId, 'CallConnected');
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});
