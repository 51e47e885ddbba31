/** Requests that are sent twice under one Repeatability-Request-ID. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const CALLS = '/calling/callConnections';
const id = { 'repeatability-request-id': '6f1c0f9a-2f57-4b53-9d0c-5a6f1c0f9a11' };
const body = () => ({ targets: [{ rawId: USER }], callbackUri: stage.callback });

async function calls(): Promise<unknown[]> {
  return ((await stage.emulator.control.get('calls')) as { calls: unknown[] }).calls;
}

test('a repeated request gets the first answer and makes no second call', async () => {
  const first = await stage.send('POST', CALLS, body(), id);
  await stage.advance(200);
  const second = await stage.send('POST', CALLS, body(), id);

  expect(second.status).toBe(201);
  expect(await second.json()).toEqual(await first.json());
  expect(await calls()).toHaveLength(1);
});

test('requests that cross each other share one answer', async () => {
  const responses = await Promise.all(Array.from({ length: 5 }, () => stage.send('POST', CALLS, body(), id)));

  const ids = await Promise.all(
    responses.map(async (response) => ((await response.json()) as { callConnectionId: string }).callConnectionId),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await calls()).toHaveLength(1);
});

test('another id is another call', async () => {
  await stage.send('POST', CALLS, body(), id);
  await stage.send('POST', CALLS, body(), { 'repeatability-request-id': '0b2f6d3e-2f57-4b53-9d0c-5a6f1c0f9a11' });

  expect(await calls()).toHaveLength(2);
});

test('an answer that a fault gave is not kept', async () => {
  await stage.emulator.control.post('faults', { match: 'createCall', do: { status: 503 }, times: 1 });

  const statuses = [await stage.send('POST', CALLS, body(), id), await stage.send('POST', CALLS, body(), id)];

  expect(statuses.map(({ status }) => status)).toEqual([503, 201]);
});

test('an answer is removed after an hour', async () => {
  await stage.send('POST', CALLS, body(), id);
  await stage.advance(3600 * 1000);
  await stage.send('POST', CALLS, body(), id);

  expect(await calls()).toHaveLength(2);
});

test('a repeated request does not wait for an event that has gone already', async () => {
  await stage.emulator.control.post('faults', { match: 'createCall', do: { eventBeforeResponse: true } });
  const first = stage.send('POST', CALLS, body(), id);
  while ((await calls()).length === 0) {}
  await stage.advance(200);
  const second = await stage.send('POST', CALLS, body(), id);

  expect(await second.json()).toEqual(await (await first).json());
});
