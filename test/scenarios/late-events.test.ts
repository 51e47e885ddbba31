/** Failure events that arrive after the end of their call: reader, timeline, notification and sequence all state their error. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { fault, party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with a grace period that a busy machine does not exceed');

const callerId = '+14255550100';
const [declines, busy, talks] = ['+14255550171', '+14255550172', '+14255550173'];
const settledType = 'Switchboard.OperationSettled';
/** By how much the event that names the operation is later than the end of the call. */
const delayEventMs = 700;

let board: Switchboard;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  board = await startSwitchboard({
    ...withoutTimers,
    NOTIFY_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    PRESUMED_OUTCOME_GRACE_MS: '5000',
  });
  await party(board, declines, { onRing: 'decline', afterMs: 0 });
  await party(board, busy, { onRing: 'busy', afterMs: 0 });
});
afterAll(async () => {
  await board.close();
  await receiver.close();
});
beforeEach(() => board.emulator.control.delete('faults'));

/** The operation once it settled, and all that else says how it ended. */
async function ended(operationId: string, path: string) {
  const { body } = await eventually(
    () => board.api('GET', `operations/${operationId}`),
    (answer) => !['accepted', 'sent'].includes(answer.body.status),
  );
  const messages = await receiver.wait(path, (all) => all.some(({ event }) => event.type === settledType));
  const timeline = await board.api('GET', `calls/${body.callId}/timeline?limit=200`);
  const entries: Record<string, unknown>[] = timeline.body.items;
  return {
    error: body.error,
    notified: messages.filter(({ event }) => event.type === settledType).map(({ event }) => event.data.error),
    entries: entries.filter((entry) => entry.kind === 'settled' && entry.operationId === operationId),
  };
}

test('a declined call fails with createCallFailed although the end of the call arrives first', async () => {
  await fault(board, 'CreateCallFailed', { delayEventMs });
  const notifyUrl = `${receiver.url}/declined`;
  const { body } = await board.api('POST', 'calls', { targets: [declines], callerId, notifyUrl });
  const { error, notified, entries } = await ended(body.operationId, '/declined');
  expect(error).toMatchObject({ code: 'createCallFailed', source: 'acs' });
  expect(notified).toEqual([error]);
  expect(entries).toMatchObject([{ status: 'failed', acsCode: error.acsCode, acsSubCode: error.acsSubCode }]);
});

test.each([
  ['addParticipant', 'AddParticipantFailed', 486, 8539, 'participants', { target: busy, callerId }],
  [
    'recognize',
    'RecognizeFailed',
    400,
    8528,
    'media/recognize',
    { participant: talks, input: 'dtmf', maxTones: 4, initialSilenceTimeoutSeconds: 60 },
  ],
  ['play', 'PlayFailed', 500, 8572, 'media/play', { sources: [{ text: 'Please hold.' }], loop: true }],
  ['sendDtmfTones', 'SendDtmfTonesFailed', 400, 8528, 'media/send-dtmf', { tones: Array(18).fill('one'), to: talks }],
] as const)(
  '%s that ends with its call fails by its own %s %i/%i',
  async (name, kind, acsCode, acsSubCode, path, input) => {
    const callId = await connectedCall(board.api, [talks]);
    await fault(board, kind, { delayEventMs });
    const notifyUrl = `${receiver.url}/${name}`;
    const { body } = await board.api('POST', `calls/${callId}/${path}`, { ...input, notifyUrl });
    expect(body.status).toBe('sent');
    await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
    const { error, notified, entries } = await ended(body.operationId, `/${name}`);
    const code = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
    expect(error).toMatchObject({ code, source: 'acs', acsCode, acsSubCode });
    expect(notified).toEqual([error]);
    expect(entries).toMatchObject([{ acsCode: error.acsCode, acsSubCode }]);
  },
);

test('a sequence sees the error of the event as well', async () => {
  await fault(board, 'CreateCallFailed', { delayEventMs });
  const steps = [{ id: 'dial', do: 'createCall', with: { targets: [declines], callerId } }];
  const started = await board.api('POST', 'sequences', { steps }, { 'idempotency-key': randomUUID() });
  const { body } = await eventually(
    () => board.api('GET', `sequences/${started.body.sequenceId}`),
    (answer) => answer.body.status !== 'running',
  );
  expect(JSON.stringify(body)).toContain('createCallFailed');
  expect(JSON.stringify(body)).not.toContain('callEnded');
});

test('without an event of its own an operation fails with callEnded once, when the grace period is over', async () => {
  const callId = await connectedCall(board.api);
  await fault(board, 'PlayFailed', { dropEvent: true });
  const input = { sources: [{ text: 'Please hold.' }], loop: true, notifyUrl: `${receiver.url}/lost` };
  const { body } = await board.api('POST', `calls/${callId}/media/play`, input);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  expect((await board.api('GET', `operations/${body.operationId}`)).body).toMatchObject({
    status: 'sent',
    input: { loop: true },
  });
  const { error, notified, entries } = await ended(body.operationId, '/lost');
  expect(error).toMatchObject({ code: 'callEnded' });
  expect(notified).toEqual([error]);
  expect(entries).toHaveLength(1);
});
