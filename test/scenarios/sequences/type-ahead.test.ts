/** Digits that are pressed before a prompt: with `typeAhead` they count, without it they are lost as at ACS. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, request } from '../../support/api.ts';
import { pathOfDigits } from '../../support/people.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { entriesSince, fault, lastEntry, party, timesDone, withoutTimers } from '../../support/wire.ts';
import { atAcs, reaches } from './play.ts';
import { aCall, callerId, ended, outcomes } from './sequences.ts';

let board: Switchboard;
let receiver: WebhookReceiver;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await board.close();
  await receiver.close();
});

/** Speech of the emulator takes a time that grows with the text: the prompt must be playing when a key is pressed. */
const prompt = { text: 'For opening hours press 1, to speak to an agent press 2. '.repeat(10), locale: 'en-US' };
const start = 'startContinuousDtmfRecognition';
const stop = 'stopContinuousDtmfRecognition';

let callers = 0;

/** A call with a caller of its own, and what ACS does from then on. */
async function callCaller(script: object = {}) {
  callers += 1;
  const caller = `+1425557${String(callers).padStart(4, '0')}`;
  await party(board, caller, { onRing: 'answer', afterMs: 0, ...script });
  const callId = await aCall(board, caller);
  return { caller, callId, since: await lastEntry(board) };
}

async function press(callId: string, caller: string, tones: string): Promise<void> {
  const { callConnectionId } = (await atAcs(board, callId)) ?? {};
  await board.emulator.control.post(
    `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${caller}`)}/press`,
    {
      tones,
    },
  );
}

/** Starts a built-in, and returns once it does something. */
async function startUntil(step: string, name: string, input: object): Promise<string> {
  const { body } = await board.api('POST', 'sequences', { name, input });
  expect((await reaches(board, body.sequenceId, step)).status).toBe('running');
  return body.sequenceId;
}

const collect = { listening: 'listen', prompt, maxTones: 1, initialSilenceTimeoutSeconds: 1 };
const ofSecond = { result: { second: '$steps.second.result.tones', error: '$steps.second.error.code' } };
const short = { text: 'PIN', locale: 'en-US' };

/** A menu whose first choice leads to a second menu. */
const menu = (caller: string, steps: readonly object[], typeAhead: boolean) => ({
  participant: caller,
  prompt,
  typeAhead,
  attempts: 1,
  choices: [
    { tone: 'one', label: 'more', steps },
    { tone: 'two', label: 'agent' },
  ],
});

test('a caller who types ahead through two menus is understood', async () => {
  const { caller, callId, since } = await callCaller();
  const input = menu(caller, [{ id: 'second', collect, onFailure: 'continue' }, ofSecond], true);
  const sequenceId = await startUntil('ask#1~prompt', 'menu', { callId, ...input });
  await press(callId, caller, '12');
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { choice: 'more', second: ['two'] } });
  // The second menu is not played, and the first not to its end.
  expect(outcomes(sequence)).toEqual(expect.arrayContaining(['ask#1~prompt canceled', 'stop-listening succeeded']));
  expect(await timesDone(board, 'play', since)).toBe(1);
  expect([await timesDone(board, start, since), await timesDone(board, stop, since)]).toEqual([1, 1]);
  const digits = await pathOfDigits(board.api, `calls/${callId}`, caller);
  expect((await board.api('GET', digits)).body).toMatchObject({
    status: 'stopped',
    digits: [{ tone: 'one' }, { tone: 'two' }],
  });
});

test('without typeAhead, what is pressed between two recognizes is lost', async () => {
  const { caller, callId, since } = await callCaller({ then: [{ onListening: { press: '12' } }] });
  const listen = { participant: caller, input: 'dtmf', maxTones: 1, initialSilenceTimeoutSeconds: 1 };
  const again = { id: 'second', do: 'recognize', with: listen, onFailure: 'continue' };
  const input = { callId, ...menu(caller, [again, ofSecond], false), prompt: short };
  const sequenceId = await startUntil('second', 'menu', input);
  const { result } = await ended(board, sequenceId);
  expect(result).toMatchObject({ choice: 'more', error: 'recognizeFailed' });
  expect(result.second).toBeUndefined();
  expect(await timesDone(board, start, since)).toBe(0);
});

test('digits that are pressed before the prompt has ended count', async () => {
  const { caller, callId } = await callCaller();
  const input = { callId, participant: caller, prompt, maxTones: 4, stopTones: ['pound'], typeAhead: true };
  const sequenceId = await startUntil('ask#1~prompt', 'collectDigits', { ...input, interToneTimeoutSeconds: 20 });
  for (const tone of '12#') {
    await press(callId, caller, tone);
  }
  expect(await ended(board, sequenceId)).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'collected', digits: ['one', 'two'] },
  });
});

test('a caller who presses nothing is prompted as often as attempts allow, and each time is out', async () => {
  const { caller, callId, since } = await callCaller();
  const input = { callId, participant: caller, prompt: short, maxTones: 4, typeAhead: true, attempts: 2 };
  const sequenceId = await startUntil('ask#2', 'collectDigits', { ...input, initialSilenceTimeoutSeconds: 1 });
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'none', error: { code: 'initialSilenceTimeout' } },
  });
  expect(outcomes(sequence)).toEqual(expect.arrayContaining(['ask#1 timedOut', 'ask#2 timedOut']));
  expect(await timesDone(board, stop, since)).toBe(1);
});

/** How a menu ends that listens: by the caller, a failure, the client, or someone who leaves. */
const endings: Readonly<
  Record<string, (scene: { callId: string; caller: string; sequenceId: string }) => Promise<unknown>>
> = {
  succeeded: ({ callId, caller }) => press(callId, caller, '2'),
  failed: async ({ callId, caller }) => {
    await fault(board, 'addParticipant', { status: 400 });
    await press(callId, caller, '1');
  },
  canceled: ({ sequenceId }) => board.api('POST', `sequences/${sequenceId}/cancel`, {}),
};

test.each(Object.entries(endings))('ACS listens no more once the sequence has %s', async (status, end) => {
  const { caller, callId, since } = await callCaller();
  const input = menu(caller, [{ do: 'addParticipant', with: { target: '+14255550199', callerId } }], true);
  const sequenceId = await startUntil('ask#1~prompt', 'menu', { callId, ...input });
  await end({ callId, caller, sequenceId });
  expect(await ended(board, sequenceId)).toMatchObject({ status });
  expect(await timesDone(board, stop, since)).toBe(1);
  const before = await lastEntry(board);
  await press(callId, caller, '5');
  const { body } = await board.api('GET', `calls/${callId}`);
  expect(body.status).toBe('connected');
  const reported = (await entriesSince(board, before)).filter(({ event }) => event?.includes('ToneReceived'));
  expect(reported).toEqual([]);
});

test('a caller who leaves ends the menu, although others stay', async () => {
  const { caller, callId } = await callCaller();
  const { body: added } = await board.api(
    'POST',
    `calls/${callId}/participants`,
    { target: '+14255550188', callerId },
    { prefer: 'wait=20' },
  );
  expect(added.status).toBe('succeeded');
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => JSON.stringify(body).includes(caller),
  );
  const sequenceId = await startUntil('ask#1~prompt', 'menu', { callId, ...menu(caller, [], true) });
  const { callConnectionId } = (await atAcs(board, callId)) ?? {};
  const participant = encodeURIComponent(`4:${caller}`);
  await board.emulator.control.post(`calls/${callConnectionId}/participants/${participant}/hang-up`, {});
  expect(await ended(board, sequenceId)).toMatchObject({ status: 'succeeded', result: { outcome: 'abandoned' } });
});

test('a recognition that ACS refuses is why nothing was collected', async () => {
  const { caller, callId } = await callCaller();
  await fault(board, start, { status: 400 });
  const input = { callId, participant: caller, prompt, maxTones: 4, typeAhead: true };
  const { body } = await board.api('POST', 'sequences', { name: 'collectDigits', input });
  expect(await ended(board, body.sequenceId)).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'none', error: { code: expect.stringMatching(/^acs/) } },
  });
});

test('masked digits that are typed ahead are in the result of the sequence and nowhere else', async () => {
  const name = `pin-${randomUUID()}`;
  await board.api('PUT', `webhooks/${name}`, {
    url: `${receiver.url}/${name}`,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: [],
  });
  const { caller, callId } = await callCaller();
  const input = { callId, participant: caller, prompt, maxTones: 4, typeAhead: true, masked: true };
  const sequenceId = await startUntil('ask#1~prompt', 'collectDigits', input);
  const digits = await pathOfDigits(board.api, `calls/${callId}`, caller);
  await press(callId, caller, '82');
  await board.api('GET', digits);
  const { body: meanwhile } = await board.api('GET', digits);
  await press(callId, caller, '65');
  const sequence = await ended(board, sequenceId);
  expect(sequence.result).toEqual({ outcome: 'collected', digits: ['eight', 'two', 'six', 'five'] });
  expect(meanwhile).toMatchObject({ masked: true, digits: [] });
  const isEnd = ({ event }: { event: { type: string } }) => event.type.endsWith('SequenceEnded');
  const messages = await receiver.wait(`/${name}`, (all) => all.some(isEnd));
  expect(messages.filter(({ event }) => event.type.endsWith('ToneReceived'))).toHaveLength(4);
  const { body: timeline } = await board.api('GET', `calls/${callId}/timeline`);
  const { body: shown } = await board.api('GET', `calls/${callId}`);
  const { body: after } = await board.api('GET', digits);
  const instance = `${board.url}/runtime/webhooks/durabletask/instances/${sequenceId}`;
  const history = await (await request(`${instance}?showHistory=true&showHistoryOutput=true&showInput=true`)).text();
  for (const seen of [messages.map(({ event }) => event), timeline, shown, after, sequence.steps, history]) {
    expect(JSON.stringify(seen)).not.toMatch(/"(?:eight|six|five)\\?"|8265/);
  }
  await board.api('DELETE', `webhooks/${name}`);
});
