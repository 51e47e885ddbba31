/** Own callback per operation: its events go to the URL that came with it, signed, with the caller's own context. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { connectedCall } from '../support/calls.ts';
import { problemIn } from '../support/problem.ts';
import { requestOf } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { startWebhookReceiver, verified, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { callbacksOf, fault, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with a secret for notifications');

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let board: Switchboard;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  board = await startSwitchboard({ ...withoutTimers, NOTIFY_SECRET: secret });
});
afterAll(async () => {
  await board.close();
  await receiver.close();
});
beforeEach(() => board.emulator.control.delete('faults'));

interface Raised {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly operationContext?: string };
}

/** The events of an operation that ACS raised. */
async function raised(callId: string, operationId: string): Promise<Raised[]> {
  const events = (await callbacksOf(board, callId)).flat() as Raised[];
  return events.filter(({ data }) => data.operationContext === operationId);
}

const settledType = 'Switchboard.OperationSettled';

test.concurrent.each(operations as readonly Operation[])(
  '$name sends its events and its end to the URL that came with it',
  async (operation) => {
    const path = `/${operation.name}`;
    const context = `context of ${operation.name}`;
    const send = await requestOf(board, operation, { notifyUrl: `${receiver.url}${path}`, context });
    const { status, body: asked } = await send();
    expect([200, 202]).toContain(status);
    const { operationId, callId } = asked;
    await receiver.wait(path, (messages) => messages.some(({ event }) => event.type === settledType));
    const events = await raised(callId, operationId);
    const messages = await receiver.wait(path, (all) =>
      events.every(({ id }) => all.some(({ event }) => event.id === id)),
    );
    for (const { id, type, data } of events) {
      const sent = messages.filter(({ event }) => event.id === id);
      expect(sent).toHaveLength(1);
      expect(sent[0]?.event).toMatchObject({ type, data: { ...data, callId, operationId, context } });
    }
    const ends = messages.filter(({ event }) => event.type === settledType);
    expect(ends.at(-1)?.event.data).toMatchObject({
      operationId,
      callId,
      context,
      name: operation.name,
      status: 'succeeded',
      settledAt: expect.any(String),
    });
    // ACS's events name a recording by ACS's id, Switchboard's by its own.
    const { result } = ends.at(-1)?.event.data ?? {};
    const nameOf = (type: string) => (type.startsWith('Switchboard.') ? result?.recordingId : expect.any(String));
    for (const message of messages) {
      // What becomes known of a recording after its start names the recording, not the operation.
      const { type, data } = message.event;
      const isOfRecording = operation.name === 'startRecording' && /Recording(StateChanged|Archived)$/.test(type);
      expect(data).toMatchObject(isOfRecording ? { callId, context, recordingId: nameOf(type) } : { operationId });
      expect(verified(message, secret)).toEqual(message.event);
      expect(message.headers).toMatchObject({ 'webhook-id': message.event.id, 'user-agent': 'acs-switchboard' });
      expect(message.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    }
    const { body } = await board.api('GET', `operations/${operationId}`);
    expect(body).toMatchObject({ context, status: 'succeeded' });
    expect(result).toEqual(body.result);
    expect(JSON.stringify(body)).not.toContain(receiver.url);
  },
);

test('the notifyUrl of a masked recognition alone gets the digits, in the event and in the outcome', async () => {
  const eventTypes = ['RecognizeCompleted', 'OperationSettled'];
  const hook = { url: `${receiver.url}/masked-hook`, secret, eventTypes };
  await board.api('PUT', 'webhooks/masked', hook);
  const participant = '+14255550178';
  await board.emulator.control.put(`parties/${participant}`, { then: [{ onListening: { press: '1234' } }] });
  const callId = await connectedCall(board.api, [participant]);
  const input = { participant, input: 'dtmf', maxTones: 4, masked: true, prompt: { text: 'Your PIN, please.' } };
  const refused = await board.api('POST', `calls/${callId}/media/recognize`, input);
  expect(problemIn(refused)).toEqual({ problem: '422 invalidInput', fields: ['notifyUrl'] });
  const notifyUrl = `${receiver.url}/masked-own`;
  const request = { ...input, notifyUrl };
  const { body } = await board.api('POST', `calls/${callId}/media/recognize`, request, { prefer: 'wait=20' });
  const bothAt = async (path: string) => {
    const ofThis = (all: Awaited<ReturnType<typeof receiver.wait>>) =>
      all.filter(({ event }) => event.data.operationId === body.operationId);
    const isWhole = (kind: string, all: ReturnType<typeof ofThis>) =>
      all.some(({ event }) => event.type.endsWith(kind));
    return ofThis(await receiver.wait(path, (all) => eventTypes.every((kind) => isWhole(kind, ofThis([...all])))));
  };
  const own = await bothAt('/masked-own');
  const others = await bothAt('/masked-hook');
  const covered = { masked: true };
  const tones = ['one', 'two', 'three', 'four'];
  const settledOf = (all: typeof own) => all.find(({ event }) => event.type === settledType)?.event.data;
  expect(settledOf(own)).toMatchObject({ result: { tones } });
  expect(own.some(({ event }) => JSON.stringify(event.data).includes('dtmfResult":{"tones'))).toBe(true);
  expect(settledOf(others)).toMatchObject({ result: covered });
  expect(JSON.stringify(others)).not.toContain('"three"');
  expect((await board.api('GET', `operations/${body.operationId}`)).body).toMatchObject({
    result: covered,
    input: { prompt: { text: covered } },
  });
});

/** One of each sort: settled by an event alone, by one that has a result, by one that follows at once, by a stream's. */
const overtaken = operations.filter(({ name }) =>
  ['addParticipant', 'recognize', 'sendDtmfTones', 'startTranscription'].includes(name),
);

test.each(overtaken)("$name whose event overtakes ACS's response is notified all the same", async (operation) => {
  const path = `/early/${operation.name}`;
  const { settles }: Operation = operation;
  const [kind] = settles.by === 'event' ? settles.success : [];
  const send = await requestOf(board, operation, { notifyUrl: `${receiver.url}${path}`, context: 'early' });
  await fault(board, String(kind), { eventBeforeResponse: true });
  const { body } = await send();
  const messages = await receiver.wait(path, (all) => all.some(({ event }) => event.type === settledType));
  const events = await raised(body.callId, body.operationId);
  await receiver.wait(path, (all) => events.every(({ id }) => all.some(({ event }) => event.id === id)));
  expect(messages.every(({ event }) => event.data.context === 'early')).toBe(true);
});
