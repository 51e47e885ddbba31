/** Events of Event Grid of another ACS resource than ACS_EVENT_TOPIC names: they change nothing, on both inlets of each kind. */
import { randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId } from '../support/calls.ts';
import { deliver, dialIn, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type SubscribedBoard, startSubscribedBoard, subscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with a topic, and puts messages on its queues');

/** The topic of the emulator's events. */
const topic =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local/providers/Microsoft.Communication/' +
  'communicationServices/acs-emulator';

const prefix = `f${Date.now()}`;
let board: SubscribedBoard;

beforeAll(async () => {
  const own = { EVENT_GRID_CALL_EVENTS: 'true', TABLE_PREFIX: prefix, ACS_EVENT_TOPIC: topic.toUpperCase() };
  board = await startSubscribedBoard(own);
  await subscribe(board, 'all', ['IncomingCall', 'CallStarted']);
});
afterAll(() => board.close());

const queueOf = (name: string) => new QueueClient(inject('storage'), `${prefix}${name}`);

const ids = () => ({ serverCallId: `s-${randomUUID()}`, correlationId: randomUUID() });

/** Each kind, with the function and the queue that take it. */
const kinds = [
  ['IncomingCall', 'incomingCall', 'incoming-calls', incomingData],
  ['CallStarted', 'callEvent', 'call-events', ids],
  ['RecordingFileStatusUpdated', 'recordingFileStatus', 'recording-files', filesData],
] as const;

function incomingData() {
  const [from, to] = [{ rawId: `4:${nextCaller()}` }, { rawId: `4:${callerId}` }];
  return { ...ids(), from, to, incomingCallContext: 'context' };
}

function filesData() {
  const contentLocation = `${board.emulator.url}/recording/content`;
  const recordingChunks = [{ documentId: 'd', index: 0, contentLocation }];
  return { recordingId: randomUUID(), recordingStorageInfo: { recordingChunks } };
}

const eventOf = (kind: string, data: object, of: string) => ({
  id: randomUUID(),
  topic: of,
  subject: 'x',
  eventType: `Microsoft.Communication.${kind}`,
  eventTime: new Date().toISOString(),
  dataVersion: '1.0',
  data,
});

/** The line of the log that has these texts. */
const logged = (...texts: readonly string[]) =>
  eventually(
    async () => board.log.find((line) => texts.every((text) => line.includes(text))),
    (line) => line !== undefined,
  );

const other = topic.replace('acs-emulator', 'another');

test.each(kinds)('a push of %s of another resource is refused', async (kind, functionName, _, dataOf) => {
  const event = eventOf(kind, dataOf(), other);
  expect(await deliver(board, [event], functionName)).toBe(202);
  expect(await logged('Event refused for good', event.id)).toContain('expected the topic of the ACS resource');
});

test.each(kinds)('a message of %s of another resource goes to the poison queue', async (kind, _, queue, dataOf) => {
  const event = eventOf(kind, dataOf(), other);
  const { messageId } = await queueOf(queue).sendMessage(Buffer.from(JSON.stringify(event)).toString('base64'));
  expect(await logged(`"queue":"${queue}"`, messageId)).toContain('expected the topic of the ACS resource');
  const { peekedMessageItems } = await queueOf(`${queue}-poison`).peekMessages({ numberOfMessages: 32 });
  const texts = peekedMessageItems.map(({ messageText }) => Buffer.from(messageText, 'base64').toString());
  expect(texts.filter((text) => text.includes(event.id))).toHaveLength(1);
});

test('neither is notified; events of the resource are, also those that wait for their call first', async () => {
  const delayed = eventOf('CallStarted', ids(), topic);
  expect(await deliver(board, [delayed], 'callEvent')).toBe(202);
  const { incomingCallId } = await dialIn(board, { to: callerId });
  const isOfIt = (id: string) => (one: { event: { id: string; data: { incomingCallId?: string } } }) =>
    one.event.id === id || one.event.data.incomingCallId === id;
  await board.receiver.wait('/all', (all) => [delayed.id, incomingCallId].every((id) => all.some(isOfIt(id))));
  expect(board.receiver.at('/all')).toHaveLength(2);
});
