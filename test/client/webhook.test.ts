/** The client's verification of webhooks: of a real delivery, and against the library of Standard Webhooks. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { verifyWebhook } from '../../client/index.ts';
import { connectedCall } from '../support/calls.ts';
import { startSwitchboard } from '../support/switchboard.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const other = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = JSON.stringify({ specversion: '1.0', type: 'Switchboard.OperationSettled', data: { text: 'ä🙂' } });
const at = new Date('2026-01-01T12:00:00Z');
const now = at.getTime();

/** A message as the library signs it. */
const signed = (...secrets: readonly string[]) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(now / 1000),
  'webhook-signature': secrets.map((one) => new Webhook(one).sign('msg_1', at, body)).join(' '),
});

test('a delivery of the app is verified', async () => {
  const receiver = await startWebhookReceiver();
  const board = await startSwitchboard();
  try {
    await board.api('PUT', 'webhooks/client', {
      url: `${receiver.url}/events`,
      secret,
      eventTypes: ['OperationSettled'],
    });
    const callId = await connectedCall(board.api);
    const [message] = await receiver.wait('/events', (messages) => messages.length > 0);
    const event = await verifyWebhook({ headers: message?.headers ?? {}, body: message?.body ?? '' }, secret);
    expect(event).toMatchObject({ type: 'Switchboard.OperationSettled', data: { callId, name: 'createCall' } });
  } finally {
    await board.close();
    await receiver.close();
  }
});

test('a message is verified by any of the secrets, whichever of its signatures they made', async () => {
  const event = JSON.parse(body);
  expect(await verifyWebhook({ headers: signed(secret), body }, [other, secret], { now })).toEqual(event);
  expect(await verifyWebhook({ headers: new Headers(signed(other, secret)), body }, secret, { now })).toEqual(event);
  expect(await verifyWebhook({ headers: signed(secret), body }, secret, { now: now + 299_000 })).toEqual(event);
});

const refused: readonly (readonly [string, Record<string, string>, string, number])[] = [
  ['of another secret', signed(other), body, now],
  ['with another body', signed(secret), body.replace('ä', 'a'), now],
  ['with another id', { ...signed(secret), 'webhook-id': 'msg_2' }, body, now],
  ['that is too old', signed(secret), body, now + 301_000],
  ['that is from the future', signed(secret), body, now - 301_000],
  ['whose time is none', { ...signed(secret), 'webhook-timestamp': 'soon' }, body, now],
  ['without a signature', { ...signed(secret), 'webhook-signature': '' }, body, now],
  ['with a signature of another kind', { ...signed(secret), 'webhook-signature': 'v1a,AAAA v1,*' }, body, now],
];

test.each(refused)('a message %s is refused', async (_, headers, text, when) => {
  const verifying = verifyWebhook({ headers, body: text }, secret, { now: when });
  await expect(verifying).rejects.toMatchObject({ name: 'WebhookVerificationError' });
});

test('a secret that is no base64 is a mistake of the program, not of the message', async () => {
  await expect(verifyWebhook({ headers: signed(secret), body }, 'whsec_*', { now })).rejects.toThrow(TypeError);
});
