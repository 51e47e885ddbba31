/** Versions of a webhook, which deliveries change as well as clients: `If-Match` compares what clients have written. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Answer, eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type SubscribedBoard, startSubscribedBoard, subscribe, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with settings of its own for deliveries, and holds writes to storage up');

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());
afterEach(() => unsubscribe(board));

test('If-Match takes an ETag that is older than a change by a delivery, and none that is older than a PUT', async () => {
  await subscribe(board, 'broken', ['CallConnected']);
  const read = () => board.api('GET', 'webhooks/broken');
  const send = (method: string, etag: string, body?: unknown) =>
    board.api(method, 'webhooks/broken', body, { 'if-match': etag });
  const etagIn = ({ headers }: Answer) => headers.get('etag') ?? '';
  const healthy = etagIn(await read());
  board.receiver.answer = () => 500;
  await connectedCall(board.api);
  const failing = await eventually(read, ({ body }) => body.failingSince !== undefined);
  expect(etagIn(failing)).not.toBe(healthy);
  expect((await board.api('GET', 'webhooks/broken', undefined, { 'if-none-match': healthy })).status).toBe(200);

  const changed = { url: failing.body.url, eventTypes: [] };
  const replaced = await send('PUT', healthy, changed);
  expect(replaced).toMatchObject({ status: 200, body: { eventTypes: [] } });
  expect(etagIn(await read())).toBe(etagIn(replaced));
  for (const etag of [healthy, etagIn(failing)]) {
    expect(problemIn(await send('PUT', etag, changed)).problem).toBe('412 preconditionFailed');
    expect(problemIn(await send('DELETE', etag)).problem).toBe('412 preconditionFailed');
  }
});

test.each(['PUT', 'DELETE'])(
  '%s under If-Match is not refused for a delivery that is stored meanwhile',
  async (method) => {
    await subscribe(board, 'busy', ['CallConnected']);
    const etag = (await board.api('GET', 'webhooks/busy')).headers.get('etag') ?? '';
    board.receiver.answer = () => 500;
    let written: string[] = [];
    board.storage.onPass = async ({ method: sent, path }, moment) => {
      const isOfClient = sent === method && path.includes('webhooks(') && moment === 'request';
      if (isOfClient && written.length === 0) {
        written = [path];
        await connectedCall(board.api);
        await eventually(
          () => board.api('GET', 'webhooks/busy'),
          ({ body }) => body.failingSince !== undefined,
        );
      }
    };
    const body = method === 'PUT' ? { url: `${board.receiver.url}/busy`, eventTypes: [], enabled: false } : undefined;
    const { status } = await board.api(method, 'webhooks/busy', body, { 'if-match': etag });
    board.storage.onPass = () => {};
    expect(written).toHaveLength(1);
    expect(status).toBe(method === 'PUT' ? 200 : 204);
  },
);
