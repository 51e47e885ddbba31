/** The compatibility table of media actions through the front door, cell by cell: what the app refuses, ACS is never asked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compatible, type MediaAction, mediaActions } from '../../shared/calls/media-compatibility.ts';
import { type Answer, eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const person = '+14255550123';
const another = '+14255550124';
const callerId = '+14255550100';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

const text = { text: 'One moment.' };
const listening = { participant: person, input: 'dtmf', initialSilenceTimeoutSeconds: 60 };
const tones = Array(18).fill('one');

/** The request of each action. What is played goes on until it is canceled. */
const requests: Readonly<Record<MediaAction, readonly [path: string, body: Record<string, unknown>]>> = {
  playToAll: ['play', { sources: [text], loop: true }],
  recognizeNonGroup: ['recognize', listening],
  playTo: ['play', { sources: [text], loop: true, to: [person] }],
  recognizeGroup: ['recognize', listening],
  sendDtmf: ['send-dtmf', { tones, to: person }],
  startContinuousDtmf: ['continuous-dtmf/start', { participant: person }],
};

async function ask(callId: string, action: MediaAction): Promise<Answer> {
  await makeGroup(callId, action === 'recognizeGroup');
  const [path, body] = requests[action];
  return board.api('POST', `calls/${callId}/media/${path}`, body);
}

/** Brings the second person in or takes them out: a call with one other person is no group call. */
async function makeGroup(callId: string, isGroup: boolean): Promise<void> {
  const others = async () => (await board.api('GET', `calls/${callId}`)).body.participants.length;
  if ((await others()) === (isGroup ? 2 : 1)) {
    return;
  }
  const path = `calls/${callId}/participants`;
  if (isGroup) {
    await board.api('POST', path, { target: another, callerId }, { prefer: 'wait=20' });
  } else {
    await board.api('POST', `${path}/remove`, { participant: another }, { prefer: 'wait=20' });
  }
  await eventually(others, (count) => count === (isGroup ? 2 : 1));
}

const cells = mediaActions.flatMap((running) => mediaActions.map((started) => ({ running, started })));

describe('the compatibility table', () => {
  test.each(cells)('$started beside a running $running', async ({ running, started }) => {
    const callId = await connectedCall(board.api, [person]);
    const first = await ask(callId, running);
    expect([200, 202]).toContain(first.status);
    const second = await ask(callId, started);
    if (compatible[running].includes(started)) {
      expect(second.body).toMatchObject({ status: expect.stringMatching(/sent|succeeded/) });
    } else {
      expect(second).toMatchObject({
        status: 409,
        body: {
          code: 'mediaConflict',
          blockingOperationId: first.body.operationId,
          detail: expect.stringContaining('media/cancel-all'),
        },
      });
    }
    await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  });
});

test('what blocks is free again once it is canceled', async () => {
  const callId = await connectedCall(board.api, [person]);
  const playing = await ask(callId, 'playTo');
  expect((await ask(callId, 'sendDtmf')).status).toBe(409);
  expect((await board.api('POST', `calls/${callId}/media/cancel-all`, {})).body.status).toBe('succeeded');
  expect((await ask(callId, 'sendDtmf')).status).toBe(202);
  const { body } = await eventually(
    () => board.api('GET', `operations/${playing.body.operationId}`),
    (answer) => answer.body.status !== 'sent',
  );
  expect(body).toMatchObject({ status: 'canceled', settledBy: 'event' });
});

test('what interrupts is not kept back: ACS cancels what runs', async () => {
  const callId = await connectedCall(board.api, [person]);
  const playing = await ask(callId, 'playTo');
  const [path, body] = requests.playTo;
  const next = await board.api('POST', `calls/${callId}/media/${path}`, { ...body, interrupt: true });
  expect(next.status).toBe(202);
  const canceled = await eventually(
    () => board.api('GET', `operations/${playing.body.operationId}`),
    (answer) => answer.body.status !== 'sent',
  );
  expect(canceled.body.status).toBe('canceled');
});
