/** What the notifyUrl of a recording gets: its states, its outcome, and that its files are in the archive. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type SubscribedBoard, startSubscribedBoard, subscribe, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with a secret for notifications, and delays the responses of ACS');

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard();
});
afterAll(() => board.close());
afterEach(async () => {
  board.acs.onPass = () => undefined;
  await unsubscribe(board);
});

const kinds = ['RecordingStateChanged', 'RecordingStateChanged', 'RecordingStateChanged'];
const ends = ['OperationSettled', 'RecordingArchived'];

test.each([
  ['after its response', 0],
  ['before its response is stored', 1500],
])('a recording reports to its notifyUrl with the context of its start, also what comes %s', async (_, delayMs) => {
  await subscribe(board, 'states', ['RecordingStateChanged']);
  const callId = await connectedCall(board.api);
  const path = `/states-after-${delayMs}`;
  board.acs.onPass = async (request, moment) => {
    if (moment === 'answer' && request.method === 'POST' && request.path.startsWith('/calling/recordings')) {
      await pause(delayMs);
    }
  };
  const { body } = await board.api('POST', `calls/${callId}/recordings`, {
    notifyUrl: `${board.receiver.url}${path}`,
    context: 'case 7',
  });
  await pause(300);
  await board.api('POST', `recordings/${body.result.recordingId}/stop`, {});
  const messages = await board.receiver.wait(path, ({ length }) => length >= kinds.length + ends.length);
  const names = messages.map(({ event }) => event.type.replace(/^.*\./, ''));
  expect(names.toSorted()).toEqual([...ends, ...kinds].toSorted());
  const states = messages.filter(({ event }) => event.type.endsWith('RecordingStateChanged'));
  expect(states.map(({ event }) => event.data)).toEqual(
    states.map(() => expect.objectContaining({ callId, context: 'case 7' })),
  );
  // Webhooks get each once as well.
  const ids = new Set(states.map(({ event }) => event.id));
  const ofWebhook = board.receiver.at('/states').filter(({ event }) => ids.has(event.id));
  expect(ofWebhook).toHaveLength(kinds.length);
});
