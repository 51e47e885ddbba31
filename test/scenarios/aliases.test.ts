/** The names of ACS's documents, `operationContext` and `operationCallbackUrl`, on every operation. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { callerId, guest } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { requestOf } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type SubscribedBoard, startSubscribedBoard } from './receivers.ts';

const test = ownHostOnly('starts the app with a secret for notifications');

const all: readonly Operation[] = operations;
let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());

/** Sends the request of an operation's example, each time with other members beside. */
async function requestWith(operation: Operation) {
  let members: object | undefined;
  const api: typeof board.api = (method, path, body, headers) =>
    board.api(method, path, members ? { ...(body as object), ...members } : body, headers);
  const send = await requestOf({ ...board, api }, operation);
  return (more: object, headers: Record<string, string> = {}) => {
    members = more;
    return send(headers);
  };
}

test.concurrent.each(all)('$name takes the aliases, which are the same request as its own names', async (operation) => {
  const send = await requestWith(operation);
  const both = { context: 'a', operationContext: 'b', notifyUrl: 'http://127.0.0.1:1/a', operationCallbackUrl: 'b' };
  const refused = problemIn(await send(both));
  expect(refused.problem).toBe('422 invalidInput');
  expect(new Set(refused.fields)).toEqual(new Set(['operationContext', 'operationCallbackUrl']));

  const key = { 'idempotency-key': randomUUID() };
  const url = `${board.receiver.url}/${operation.name}`;
  const first = await send({ operationContext: 'ticket 42', operationCallbackUrl: url }, key);
  expect(first.body).toMatchObject({ operationId: key['idempotency-key'], context: 'ticket 42' });
  const again = await send({ context: 'ticket 42', notifyUrl: url, operationContext: 'ticket 42' }, key);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toMatchObject({ operationId: key['idempotency-key'], context: 'ticket 42' });
  expect(problemIn(await send({ operationContext: 'ticket 43' }, key)).problem).toBe('422 idempotencyKeyReused');
});

test('the events of an operation go to its operationCallbackUrl, with its operationContext', async () => {
  const { body } = await board.api(
    'POST',
    'calls',
    { targets: [guest], callerId, operationContext: 'desk', operationCallbackUrl: `${board.receiver.url}/alias` },
    { prefer: 'wait=20' },
  );
  const messages = await board.receiver.wait('/alias', ({ length }) => length >= 2);
  const isOfOperation = { operationId: body.operationId, context: 'desk' };
  expect(messages.map(({ event }) => event.data)).toEqual([
    expect.objectContaining(isOfOperation),
    expect.objectContaining(isOfOperation),
  ]);
});

test.each(['http://10.0.0.7/', 7])('the operationCallbackUrl %s is refused where it was given', async (url) => {
  const answer = await board.api('POST', 'calls', { targets: [guest], callerId, operationCallbackUrl: url });
  expect(problemIn(answer)).toMatchObject({ problem: '422 invalidInput', fields: ['operationCallbackUrl'] });
});
