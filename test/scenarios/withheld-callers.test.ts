/** Callers who withhold their number, or whose number a network asserts: they ring in, speak, are moved and removed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import { participantId } from '../support/endings.ts';
import { becomes } from '../support/incoming-calls.ts';
import { pathOfDigits, pathOfParticipant } from '../support/people.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { party, withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const callers = ['4:anonymous', '4:+14255550143_207ffef6-9444-41fb-92ab-20eacaae2768'];
const speech = { cognitiveServicesEndpoint: 'https://cognitive.example/' };

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

/** Makes an incoming call; its id. Callers without a number cannot be distinguished by it. */
async function dialIn(from: string, to: string): Promise<string> {
  const listed = async (): Promise<{ incomingCallId: string }[]> =>
    (await board.api('GET', 'incoming-calls')).body.items;
  const before = (await listed()).map(({ incomingCallId }) => incomingCallId);
  const isNew = ({ incomingCallId }: { incomingCallId: string }) => !before.includes(incomingCallId);
  await board.emulator.control.post('incoming-calls', { from, to });
  const after = await eventually(listed, (items) => items.some(isNew));
  const incoming = after.find(isNew);
  expect(incoming).toMatchObject({ from, to });
  return incoming?.incomingCallId ?? '';
}

/** A call that this caller made and the app answered; its id. */
async function answeredCallOf(from: string): Promise<string> {
  const incomingCallId = await dialIn(from, callerId);
  await board.api('POST', `incoming-calls/${incomingCallId}/answer`, speech, { prefer: 'wait=20' });
  await becomes(board, incomingCallId, 'answered');
  await participants(incomingCallId, (ids) => ids.includes(from));
  return incomingCallId;
}

async function participants(callId: string, until: (ids: string[]) => boolean): Promise<void> {
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => until(body.participants.map(({ participant }: { participant: string }) => participant)),
  );
}

/** Posts a request and waits for its outcome. */
async function outcomeOf(path: string, body: object) {
  const answer = await board.api('POST', path, body, { prefer: 'wait=20' });
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
}

test.each(callers)('%s is spoken with like any caller', async (from) => {
  await party(board, from, { then: [{ onListening: { press: '12#' } }] });
  const media = `calls/${await answeredCallOf(from)}/media`;
  const prompt = { text: 'Enter your PIN.', locale: 'en-US' };
  expect(await outcomeOf(`${media}/play`, { sources: [prompt], to: [from] })).toMatchObject({ status: 'succeeded' });
  const listening = { participant: from, input: 'dtmf', maxTones: 2, prompt, interruptPrompt: true };
  expect(await outcomeOf(`${media}/recognize`, listening)).toMatchObject({ result: { tones: ['one', 'two'] } });
  expect(await outcomeOf(`${media}/send-dtmf`, { tones: ['one'], to: from })).toMatchObject({ status: 'succeeded' });
  for (const step of ['continuous-dtmf/start', 'continuous-dtmf/stop', 'hold', 'unhold']) {
    expect(await outcomeOf(`${media}/${step}`, { participant: from })).toMatchObject({ status: 'succeeded' });
  }
  const digits = await board.api('GET', await pathOfDigits(board.api, media.replace('/media', ''), from));
  expect(digits).toMatchObject({ status: 200, body: { status: 'stopped' } });
});

test.each(callers)(
  '%s is looked up, recorded on a channel, moved, transferred and removed like any caller',
  async (from) => {
    const callId = await answeredCallOf(from);
    const path = (id: string) => pathOfParticipant(board.api, `calls/${id}`, from);
    expect((await board.api('GET', await path(callId))).body).toEqual({
      participantId,
      participant: from,
      isMuted: false,
      isOnHold: false,
    });
    const channels = { channel: 'unmixed', format: 'wav', channelAffinity: [{ participant: from, channel: 0 }] };
    expect(await outcomeOf(`calls/${callId}/recordings`, channels)).toMatchObject({ status: 'succeeded' });
    const into = await connectedCall(board.api);
    const move = { participants: [from], fromCallId: callId };
    expect(await outcomeOf(`calls/${into}/participants/move`, move)).toMatchObject({ status: 'succeeded' });
    await participants(into, (ids) => ids.includes(from));
    const removed = await board.api('DELETE', await path(into), undefined, { prefer: 'wait=20' });
    expect(removed).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    await participants(into, (ids) => !ids.includes(from));

    const transferred = await answeredCallOf(from);
    const transfer = { target: '+14255550124', transferee: from };
    expect(await outcomeOf(`calls/${transferred}/transfer`, transfer)).toMatchObject({ status: 'succeeded' });
  },
);

test.each(callers)('%s is matched by a rule, and served by a sequence', async (from) => {
  await party(board, from, { then: [{ onListening: { press: '7' } }] });
  const steps = [
    { do: 'answerCall', with: speech },
    {
      id: 'ask',
      do: 'recognize',
      with: { participant: from, input: 'dtmf', maxTones: 1, prompt: { text: 'Press a key.', locale: 'en-US' } },
    },
    { result: { tones: '$steps.ask.result.tones' } },
  ];
  const to = '+14255550109';
  const rule = { priority: 1, match: { from, to }, action: { kind: 'sequence', steps } };
  expect((await board.api('PUT', 'routing-rules/unnumbered', rule)).status).toBe(200);
  const incomingCallId = await dialIn(from, to);
  const ended = await eventually(
    async () =>
      (await board.api('GET', 'sequences')).body.items.find(
        (one: { callId?: string }) => one.callId === incomingCallId,
      ),
    (sequence) => sequence !== undefined && sequence.status !== 'running',
  );
  expect(ended).toMatchObject({ status: 'succeeded', result: { tones: ['seven'] } });
  await board.api('DELETE', 'routing-rules/unnumbered');
});
