/** The client against a running app and emulator. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { createSwitchboard, dataOf, items, type Switchboard, SwitchboardError, settled } from '../../client/index.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard as Board, startSwitchboard } from '../support/switchboard.ts';
import { party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('lets calls ring until a test ends');

let board: Board;
let switchboard: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  switchboard = createSwitchboard({ url: `${board.url}/api`, key: 'any' });
});
afterAll(() => board.close());

const callerId = '+14255550100';
const call = (target: string, headers: Record<string, string> = {}) =>
  switchboard.POST('/calls', { body: { targets: [target], callerId }, headers });

test('a call is placed, and waited for by the request alone', async () => {
  const placed = await settled(switchboard, call('+14255550123', { prefer: 'wait=20' }));
  expect(placed).toMatchObject({ name: 'createCall', status: 'succeeded' });
  expect(placed.result?.callConnectionId).toEqual(expect.any(String));
});

test('an operation that its request did not wait for is read until it has settled', async () => {
  const reads: string[] = [];
  const counted = createSwitchboard({
    url: `${board.url}/api`,
    fetch: async (request) => {
      const response = await fetch(request);
      reads.push(`${request.method} ${response.status}`);
      return response;
    },
  });
  const ringing = '+14255550171';
  await party(board, ringing, { onRing: 'answer', afterMs: 1000 });
  const request = counted.POST('/calls', { body: { targets: [ringing], callerId } });
  expect(await settled(counted, request, { everyMs: 50 })).toMatchObject({ status: 'succeeded' });
  expect(reads[0]).toBe('POST 202');
  expect(reads.at(-1)).toBe('GET 200');
});

test('a call that fails settles with its error', async () => {
  const busy = '+14255550172';
  await party(board, busy, { onRing: 'decline' });
  const failed = await settled(switchboard, call(busy), { everyMs: 50 });
  expect(failed).toMatchObject({ status: 'failed', error: { source: 'acs' } });
});

test('a signal ends the wait with its reason, also before it began', async () => {
  const silent = '+14255550173';
  await party(board, silent, { onRing: 'noAnswer' });
  const controller = new AbortController();
  const waiting = settled(switchboard, call(silent), { signal: controller.signal, everyMs: 50 });
  setTimeout(() => controller.abort(new Error('shutting down')), 200);
  await expect(waiting).rejects.toThrow('shutting down');
  await expect(settled(switchboard, call(silent), { signal: controller.signal })).rejects.toThrow('shutting down');
});

test('a refused request is an error with its status and problem', async () => {
  const error = await settled(switchboard, call('nonsense')).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(SwitchboardError);
  expect(error).toMatchObject({ status: 422, problem: { code: 'invalidInput', errors: [{ path: 'targets[0]' }] } });
  const unknown = switchboard.GET('/calls/{callId}', { params: { path: { callId: randomUUID() } } });
  expect(() => dataOf({ error: 'Bad gateway', response: new Response('', { status: 502 }) })).toThrow('answered 502');
  await expect(unknown.then(dataOf)).rejects.toMatchObject({ problem: { code: 'callNotFound' } });
});

test('a list is read page by page, each item once, and no page that is not needed', async () => {
  const placed = await Promise.all(
    ['+14255550174', '+14255550175', '+14255550176'].map(async (one) => dataOf(await call(one)).callId),
  );
  const found: string[] = [];
  for await (const { callId } of items(switchboard, '/calls', { query: { limit: 2 } })) {
    found.push(callId);
  }
  expect(found).toEqual(expect.arrayContaining(placed));
  expect(new Set(found).size).toBe(found.length);
  let pages = 0;
  const counted = createSwitchboard({
    url: `${board.url}/api`,
    fetch: (request) => {
      pages += 1;
      return fetch(request);
    },
  });
  for await (const _ of items(counted, '/calls', { query: { limit: 1 } })) {
    break;
  }
  expect(pages).toBe(1);
  const entries = items(switchboard, '/calls/{callId}/timeline', { path: { callId: placed[0] ?? '' } });
  expect((await entries.next()).value).toMatchObject({ kind: 'requested' });
});
