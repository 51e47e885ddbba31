/** `switchboard webhooks listen` against the running product: signed events on this machine, forwarded with their signature. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyWebhook } from '../../../client/webhook.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import { environmentOf, runCommand, startCommand } from './command.ts';

const [guest, callerId] = ['+14255550171', '+14255550100'];
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  await party(board, guest, { onRing: 'answer' });
});
afterAll(() => board.close());

const listen = (...options: readonly string[]) =>
  startCommand(['webhooks', 'listen', ...options], environmentOf(board.url));

async function callId(): Promise<string> {
  const { body } = await board.api('POST', 'calls', { targets: [guest], callerId }, { prefer: 'wait=20' });
  return body.callId;
}

test('forwards signed events with their signature until it is interrupted, and then removes its webhook', async () => {
  const got: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    got.push({ headers: request.headers, body: await text(request) });
    response.end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
  const { child, printed } = listen('--forward-to', to, '--event-types', 'OperationSettled');
  const start = await printed(/Signing secret, for the receiver: whsec_\S+/);
  const [secret = ''] = /whsec_\S+/.exec(start) ?? [];
  const [, listensAt = ''] = /Listening at (\S+),/.exec(start) ?? [];
  expect((await fetch(listensAt, { method: 'POST', body: '{}' })).status).toBe(401);
  await printed(/Refused a message/);
  const id = await callId();
  await printed(new RegExp(`OperationSettled {2}${id} {2}createCall {2}succeeded {2}→ 200`));
  child.kill('SIGINT');
  await once(child, 'close');
  await printed(/The webhook is removed\./);
  receiver.close();

  expect((await board.api('GET', 'webhooks')).body.items).toEqual([]);
  const [message] = got;
  expect(await verifyWebhook(message ?? { headers: {}, body: '' }, secret)).toMatchObject({ data: { callId: id } });
});

test('prints events as JSON, also those for which no receiver answers', async () => {
  const { child, printed } = listen('--forward-to', 'http://127.0.0.1:9', '--json');
  await printed(/Signing secret/);
  await callId();
  await printed(/^\{.*"type":"Switchboard.OperationSettled"/m);
  child.kill('SIGINT');

  expect(await once(child, 'close')).toEqual([0, null]);
});

test('ends with the problem when the app takes no such subscription', async () => {
  const { code, stderr } = await runCommand(
    ['webhooks', 'listen', '--event-types', 'Nothing'],
    environmentOf(board.url),
  );

  expect([code, stderr]).toEqual([1, expect.stringMatching(/^422 invalidInput/)]);
});

test('names the webhook that it could not remove, where nothing answers any more', async () => {
  const api = createServer((request, response) => request.resume().on('end', () => response.end()));
  await once(api.listen(0, '127.0.0.1'), 'listening');
  const { child, printed } = startCommand(
    ['webhooks', 'listen'],
    environmentOf(`http://127.0.0.1:${(api.address() as AddressInfo).port}`),
  );
  await printed(/Listening at/);
  api.close();
  api.closeAllConnections();
  child.kill('SIGINT');

  await printed(/The webhook \/webhooks\/cli-\w+ could not be removed: Nothing answers at/);
});
