/** The examples of the how-tos that send an operation's events elsewhere, with a context of their own. */
import { afterAll, beforeAll, expect } from 'vitest';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { startWebhookReceiver, verified, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { party, withoutTimers } from '../../support/wire.ts';
import { appNumber, callWith, phone, user } from './acts.ts';

const test = ownHostOnly('starts the app with a secret for notifications');

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const silent = '+14255550212';
let board: Switchboard;
let endpoint: WebhookReceiver;

beforeAll(async () => {
  endpoint = await startWebhookReceiver();
  board = await startSwitchboard({ ...withoutTimers, NOTIFY_SECRET: secret });
  for (const id of [phone, user]) {
    await party(board, id, { afterMs: 10 });
  }
  await party(board, silent, { onRing: 'noAnswer' });
});
afterAll(async () => {
  await board.close();
  await endpoint.close();
});

async function pendingInvitation(call: string): Promise<object> {
  const { body } = await board.api('POST', `${call}/participants`, { target: silent, callerId: appNumber });
  return { invitationId: body.result.invitationId };
}

/** What is asked of a call with a phone and a user, and its event. */
const examples: readonly (readonly [
  title: string,
  method: string,
  pathOf: (call: string) => string,
  bodyOf: (call: string) => object | Promise<object>,
  event: string,
])[] = [
  [
    'Transfer a participant in a call',
    'POST',
    (call) => `${call}/transfer`,
    () => ({ target: '8:acs:resource_carol', transferee: user }),
    'CallTransferAccepted',
  ],
  [
    'Add a participant to a call',
    'POST',
    (call) => `${call}/participants`,
    () => ({ target: '+14255550213', callerId: appNumber }),
    'AddParticipantSucceeded',
  ],
  [
    'Cancel an add participant request',
    'POST',
    (call) => `${call}/participants/cancel-add`,
    pendingInvitation,
    'CancelAddParticipantSucceeded',
  ],
  [
    'Remove a participant from a call',
    'POST',
    (call) => `${call}/participants/remove`,
    () => ({ participant: user }),
    'RemoveParticipantSucceeded',
  ],
  [
    'Hold with a play source that cannot be had',
    'POST',
    (call) => `${call}/media/hold`,
    () => ({ participant: user, source: { file: `${board.url}/nowhere.wav` } }),
    'HoldFailed',
  ],
];

test.each(examples)(
  '%s: its event goes to the endpoint of the request, signed',
  async (title, method, pathOf, bodyOf, event) => {
    const call = await callWith(board, phone, user);
    const path = `/${encodeURIComponent(title)}`;
    const body = { ...(await bodyOf(call)), context: 'Your context', notifyUrl: `${endpoint.url}${path}` };
    expect((await board.api(method, pathOf(call), body)).status).toBeLessThan(300);
    const messages = await endpoint.wait(path, (sent) =>
      sent.some(({ event: { type } }) => type.endsWith(`.${event}`)),
    );
    for (const message of messages) {
      expect(verified(message, secret)).toMatchObject({ data: { context: 'Your context' } });
    }
  },
);
