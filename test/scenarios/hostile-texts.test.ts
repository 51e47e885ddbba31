/** Texts that storage would reject: wherever one comes in, it harms nothing else, and storage never gets it as it is. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Answer } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { callbackOf, cloudEvent, eventIdsOf } from '../support/events.ts';
import { deliver } from '../support/incoming-calls.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('gives an app texts that would break the storage of any other');

let board: Switchboard;
let send: (callId: string, body: unknown) => Promise<Answer>;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
  send = callbackOf(board);
});
afterAll(() => board.close());

const texts: Readonly<Record<string, string>> = {
  'a high surrogate without a low one': 'a\ud800b',
  'a low surrogate without a high one': '\udc00',
  'a pair in the wrong order': '\udc00\ud800',
  'an emoji': '😀'.repeat(20),
  'code points that are no characters': '\ufffe\uffff\ufdd0',
  'control characters': '\u0000\u0001\u001f\u007f\u0085',
  'line separators': 'a\u2028b\u2029c\r\nd',
  'what table keys forbid': '/\\#?%+=~',
  'quotes and markup': `'"<&>--batch\r\n`,
  'a name of every object': '__proto__',
  'a name of a method': 'constructor',
  'more than a property holds': 'x'.repeat(40_000),
  'a surrogate pair where one property ends': `${'x'.repeat(31_900)}${'😀'.repeat(300)}`,
  'more than a key holds': '/'.repeat(250),
};
const all = Object.entries(texts);

/** A callback event in which a field is this text. */
const placesInEvents: Readonly<Record<string, (text: string) => object>> = {
  id: (text) => cloudEvent('PlayStarted', {}, { id: `${text}${randomUUID()}` }),
  type: (text) => cloudEvent(text),
  source: (text) => cloudEvent('PlayStarted', {}, { source: text }),
  subject: (text) => cloudEvent('PlayStarted', {}, { subject: text }),
  operationContext: (text) => cloudEvent('PlayCompleted', { operationContext: text }),
  correlationId: (text) => cloudEvent('PlayStarted', { correlationId: text }),
  serverCallId: (text) => cloudEvent('PlayStarted', { serverCallId: text }),
  message: (text) => cloudEvent('PlayFailed', { resultInformation: { code: 400, subCode: 8536, message: text } }),
  participant: (text) =>
    cloudEvent('ParticipantsUpdated', {
      sequenceNumber: 0,
      participants: [{ identifier: { rawId: `8:acs:${text}`, kind: 'unknown' }, isMuted: false, isOnHold: false }],
    }),
  tone: (text) => cloudEvent('ContinuousDtmfRecognitionToneReceived', { sequenceId: 1, tone: text }),
  tones: (text) =>
    cloudEvent('RecognizeCompleted', {
      operationContext: randomUUID(),
      recognitionType: 'dtmf',
      dtmfResult: { tones: [text] },
    }),
  speech: (text) =>
    cloudEvent('RecognizeCompleted', {
      operationContext: randomUUID(),
      recognitionType: 'speech',
      speechResult: { speech: text },
    }),
};

test.each(all)(
  'events with %s neither fail a callback nor hold up their neighbours, whichever field has it',
  async (_, text) => {
    const [callId, bystander] = [await connectedCall(board.api), await connectedCall(board.api)];
    for (const [field, make] of Object.entries(placesInEvents)) {
      const [before, after] = [cloudEvent('PlayStarted'), cloudEvent('PlayStarted')];
      expect([field, (await send(callId, [before, make(text), after])).status]).toEqual([field, 200]);
      const stored = await eventIdsOf(board, callId);
      expect([field, stored.includes(before.id), stored.includes(after.id)]).toEqual([field, true, true]);
      await isStorageUsable(bystander);
    }
  },
);

/** Another call takes an event, and the app is healthy: a rejected transaction breaks those of every other call. */
async function isStorageUsable(bystander: string): Promise<void> {
  const event = cloudEvent('PlayStarted');
  expect((await send(bystander, [event])).status).toBe(200);
  expect(await eventIdsOf(board, bystander)).toContain(event.id);
  expect((await board.api('GET', 'health')).status).toBe(200);
}

test.each(all)('an event is stored once under an id that is %s', async (_, text) => {
  const callId = await connectedCall(board.api);
  const event = cloudEvent('PlayStarted', {}, { id: text.slice(0, 256) });
  const isStored = (await eventIdsOf(board, callId)).length;
  await send(callId, [event, event]);
  await send(callId, [event]);
  expect((await eventIdsOf(board, callId)).length - isStored).toBe(1);
});

const incomingFields: Readonly<Record<string, (text: string) => object>> = {
  correlationId: (correlationId) => ({ correlationId }),
  from: (text) => ({ from: { rawId: `8:acs:${text}` } }),
  to: (text) => ({ to: { rawId: `8:acs:${text}` } }),
  callerDisplayName: (callerDisplayName) => ({ callerDisplayName }),
  incomingCallContext: (incomingCallContext) => ({ incomingCallContext }),
  serverCallId: (serverCallId) => ({ serverCallId }),
  'a header value': (text) => ({ customContext: { sipHeaders: { 'X-MS-Custom-a': text }, voipHeaders: {} } }),
  'a header key': (text) => ({ customContext: { sipHeaders: {}, voipHeaders: { [text]: 'a' } } }),
};

test.each(all)('incoming calls with %s are acknowledged, whichever field has it', async (_, text) => {
  const bystander = await connectedCall(board.api);
  for (const [field, make] of Object.entries(incomingFields)) {
    const data = {
      from: { rawId: '4:+14255550123' },
      to: { rawId: `4:${callerId}` },
      correlationId: randomUUID(),
      incomingCallContext: 'context',
      ...make(text),
    };
    const eventTime = new Date().toISOString();
    const eventType = 'Microsoft.Communication.IncomingCall';
    const event = { id: randomUUID(), topic: '/a', subject: 'a', eventType, eventTime, dataVersion: '1', data };
    expect([field, await deliver(board, [event])]).toEqual([field, 202]);
    expect([field, (await board.api('GET', 'incoming-calls')).status]).toEqual([field, 200]);
    await isStorageUsable(bystander);
  }
});

/** The texts that no request may have, and those that only texts of several lines may have. */
const refused = [
  'a high surrogate without a low one',
  'a low surrogate without a high one',
  'a pair in the wrong order',
  'control characters',
];
const ofLines = ['line separators', 'quotes and markup'];

test.each(all.filter(([name]) => !refused.includes(name)))(
  'a request with a text that is %s is answered, and read back as it was sent',
  async (name, text) => {
    const bystander = await connectedCall(board.api);
    const context = text.slice(0, 400);
    const displayName = ofLines.includes(name) ? 'Ada' : text.slice(0, 256);
    const created = await board.api('POST', 'calls', { targets: [guest], callerId, context, displayName });
    expect(created.status).toBe(202);
    const { body } = await board.api('GET', `operations/${created.body.operationId}`);
    expect(body.context).toBe(context);
    await isStorageUsable(bystander);
  },
);

test.each(all.filter(([name]) => refused.includes(name) || ofLines.includes(name)))(
  'a request with a text that is %s is refused where it may not be',
  async (name, text) => {
    const answer = await board.api('POST', 'calls', { targets: [guest], callerId, context: text, displayName: text });
    const { problem, fields } = problemIn(answer);
    expect(problem).toBe('422 invalidInput');
    expect([...fields].sort()).toEqual(refused.includes(name) ? ['context', 'displayName'] : ['displayName']);
  },
);
