/** CallStarted, CallEnded, CallParticipantAdded and CallParticipantRemoved of Event Grid, as webhooks get them. */
import { randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { gridCallKinds } from '../../shared/calls/grid-call-event.ts';
import { createCall } from '../../shared/operations/calls/create-call.ts';
import { transactionsOf } from '../../shared/operations/cost.ts';
import { type Answer, eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { becomes, deliver, dialIn } from '../support/incoming-calls.ts';
import { quiet } from '../support/proxy.ts';
import { isAtIntervals, isBehind } from '../support/storage-cost.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { Delivered } from '../support/webhook-receiver.ts';
import { entriesSince, fault } from '../support/wire.ts';
import { isOf, type SubscribedBoard, startSubscribedBoard, subscribe, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with the events of whole calls, and puts messages on its queues');

const prefix = `g${Date.now()}`;
const acsUser = (suffix: string) => `8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-${suffix}`;
const ann = acsUser('5a3a0d000101');
const [ben, eve, desk] = [acsUser('5a3a0d000102'), acsUser('5a3a0d000103'), acsUser('5a3a0d000104')] as const;

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({ EVENT_GRID_CALL_EVENTS: 'true', TABLE_PREFIX: prefix });
});
afterAll(() => board.close());
afterEach(() => unsubscribe(board));

const kindsOf = (messages: readonly Delivered[]) => messages.map(({ event }) => event.type.replace(/^.*\./, ''));

/** What Event Grid raised of a call at ACS. */
async function raised(serverCallId: string) {
  const events = (await entriesSince(board, 0)).flatMap(({ kind, url, body }) =>
    kind === 'event' && url?.endsWith('call-events') ? body : [],
  );
  return events.filter(({ data }) => data.serverCallId === serverCallId);
}

async function timelineOf(callId: string): Promise<{ event?: string; eventId?: string; acsSubCode?: number }[]> {
  return (await board.api('GET', `calls/${callId}/timeline?limit=200`)).body.items;
}

/** Puts an event on the queue, as Event Grid does. */
async function enqueue(event: object): Promise<void> {
  await new QueueClient(inject('storage'), `${prefix}call-events`).sendMessage(
    Buffer.from(JSON.stringify(event)).toString('base64'),
  );
}

const gridEvent = (kind: string, data: object) => ({
  id: randomUUID(),
  topic: '/subscriptions/x',
  subject: 'call/x',
  eventType: `Microsoft.Communication.${kind}`,
  eventTime: '2026-01-01T00:00:00.1234567Z',
  dataVersion: '1.0',
  metadataVersion: '1',
  data,
});

const hangUp = (callId: string): Promise<Answer> =>
  board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });

test('each kind is notified with the call that it is of, under the id of Event Grid, and stands in its timeline', async () => {
  await subscribe(board, 'grid', gridCallKinds);
  const callId = await connectedCall(board.api, [ann]);
  await hangUp(callId);
  const { serverCallId, correlationId } = (await board.api('GET', `calls/${callId}`)).body;
  const messages = await board.receiver.wait('/grid', (all) => kindsOf(all.filter(isOf(callId))).includes('CallEnded'));
  const events = await raised(serverCallId);

  expect(new Set(kindsOf(messages))).toEqual(new Set(gridCallKinds));
  for (const { id, eventType, data } of events) {
    const sent = messages.filter(({ event }) => event.id === id);
    expect(sent.map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: eventType, source: `/calls/${callId}`, data: { ...data, callId } }),
    ]);
    expect(data).toMatchObject({ serverCallId, correlationId });
  }
  const timeline = await timelineOf(callId);
  const ended = events.find(({ eventType }) => eventType.endsWith('CallEnded'));
  expect(timeline.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining(events.map(({ id }) => id)));
  expect(timeline.find(({ eventId }) => eventId === ended.id)).toMatchObject({
    event: 'CallEnded',
    acsSubCode: ended.data.reason.subCode,
  });
});

test('a call that rings is found, and its events go on with the call that the answer makes of it', async () => {
  await subscribe(board, 'ring', ['CallStarted', 'CallEnded']);
  const { incomingCallId } = await dialIn(board, { from: ben, to: callerId });
  await board.receiver.wait('/ring', (all) => kindsOf(all.filter(isOf(incomingCallId))).includes('CallStarted'));
  const { body } = await board.api('POST', `incoming-calls/${incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  await hangUp(body.callId);
  await board.receiver.wait('/ring', (all) => kindsOf(all.filter(isOf(body.callId))).includes('CallEnded'));
  expect(body.callId).toBe(incomingCallId);
});

test('a redirected call is bound to the leg that exists, not to the one that rang before', async () => {
  await board.emulator.control.put(`parties/${encodeURIComponent(desk)}`, { onRing: 'incomingCall' });
  await subscribe(board, 'redirect', ['CallEnded']);
  const { incomingCallId: first } = await dialIn(board, { from: eve, to: callerId });
  await board.api('POST', `incoming-calls/${first}/redirect`, { target: desk }, { prefer: 'wait=20' });
  const isSecond = (item: { to: string }) => item.to === desk;
  const items = await eventually(
    async () => (await board.api('GET', 'incoming-calls?status=ringing')).body.items,
    (listed) => listed.some(isSecond),
  );
  const { incomingCallId: second } = items.find(isSecond);
  await board.api('POST', `incoming-calls/${second}/answer`, {}, { prefer: 'wait=20' });
  await becomes(board, first, 'redirected');
  await hangUp(second);
  const [message] = await board.receiver.wait('/redirect', ({ length }) => length > 0);
  expect(message?.event.data.callId).toBe(second);
});

test('an event of a call in which the app has no leg is notified without a call, so that the app can join it', async () => {
  await subscribe(board, 'foreign', ['CallStarted']);
  const data = { serverCallId: `foreign-${randomUUID()}`, correlationId: randomUUID(), isTwoParty: true };
  const event = gridEvent('CallStarted', data);
  await enqueue(event);
  const [message] = await board.receiver.wait('/foreign', ({ length }) => length > 0);
  expect(message?.event).toEqual({
    specversion: '1.0',
    id: event.id,
    type: 'Microsoft.Communication.CallStarted',
    source: '/calls',
    time: '2026-01-01T00:00:00.123Z',
    datacontenttype: 'application/json',
    data,
  });
});

test('a redelivered event is notified once and stands in the timeline once', async () => {
  await subscribe(board, 'twice', gridCallKinds);
  const callId = await connectedCall(board.api, [ann]);
  await board.receiver.wait('/twice', (all) => kindsOf(all.filter(isOf(callId))).includes('CallParticipantAdded'));
  const { serverCallId } = (await board.api('GET', `calls/${callId}`)).body;
  const events = await raised(serverCallId);
  for (const event of [...events, ...events]) {
    await enqueue(event);
  }
  await hangUp(callId);
  await board.receiver.wait('/twice', (all) => kindsOf(all.filter(isOf(callId))).includes('CallEnded'));
  for (const { id } of events) {
    expect(board.receiver.at('/twice').filter(({ event }) => event.id === id)).toHaveLength(1);
    expect((await timelineOf(callId)).filter(({ eventId }) => eventId === id)).toHaveLength(1);
  }
});

test('an event that lacks its ids, or whose reason is of another form, holds up no other', async () => {
  await subscribe(board, 'form', ['CallStarted', 'CallEnded']);
  const ids = { serverCallId: `form-${randomUUID()}`, correlationId: randomUUID() };
  await enqueue(gridEvent('CallStarted', { correlationId: ids.correlationId }));
  await enqueue(gridEvent('CallEnded', { ...ids, reason: 'over' }));
  // Events of calls of earlier tests may still be on their way.
  const own = (all: Delivered[]) => all.filter(({ event }) => event.data.correlationId === ids.correlationId);
  const messages = own(await board.receiver.wait('/form', (all) => own(all).length > 0));
  expect(messages.map(({ event }) => event.data)).toEqual([{ ...ids, reason: 'over' }]);
});

test('a push of such an event is taken as well, for those who subscribe the function', async () => {
  await subscribe(board, 'push', ['CallParticipantAdded']);
  const event = gridEvent('CallParticipantAdded', { serverCallId: 'pushed', correlationId: randomUUID() });
  expect(await deliver(board, [event], 'callEvent')).toBe(202);
  const [message] = await board.receiver.wait('/push', ({ length }) => length > 0);
  expect(message?.event.id).toBe(event.id);
});

test('a call costs one storage transaction more, by which its events find it', async () => {
  for (const match of ['CallConnected', 'ParticipantsUpdated']) {
    await fault(board, match, { delayEventMs: 5000 });
  }
  // Events of calls of earlier tests may still be on their way.
  await quiet(board.storage);
  await board.api('POST', 'calls', { targets: [guest], callerId });
  const asked = board.storage.take().filter((one) => !isAtIntervals(one) && !isBehind(one));
  expect(asked).toHaveLength(transactionsOf(createCall).usual + 1);
});
