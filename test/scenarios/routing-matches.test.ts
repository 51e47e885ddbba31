/** Which rule takes a call that comes in, and what the app says beforehand about which one would. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { becomes, dialIn, nextCaller } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with a secret for notifications, and counts its requests to storage');

let board: Switchboard;
let endpoint: WebhookReceiver;
const to = '+14255550100';
const from = '+442071838750';
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const always = { timeZone: 'Asia/Kathmandu', days, from: '00:00', to: '00:00' };

beforeAll(async () => {
  endpoint = await startWebhookReceiver();
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  board = await startSwitchboard({ ...withoutTimers, RING_WINDOW_SECONDS: '120', NOTIFY_SECRET: secret });
});
afterAll(async () => {
  await board.close();
  await endpoint.close();
});
afterEach(async () => {
  for (const { ruleId } of (await board.api('GET', 'routing-rules')).body.items) {
    await board.api('DELETE', `routing-rules/${ruleId}`);
  }
});

const put = (ruleId: string, match: object, action: object = { kind: 'leave' }, priority = 10) =>
  board.api('PUT', `routing-rules/${ruleId}`, { priority, match, action });
const explain = async (call: object) => (await board.api('POST', 'routing-rules/explain', call)).body;

test.each([
  ['User-To-User', { sipHeaders: { 'User-To-User': 'vip' } }, [{ kind: 'sipuui', value: 'vip' }]],
  ['x-ms-custom-tier', { sipHeaders: { 'X-MS-Custom-Tier': 'vip' } }, [{ kind: 'sipx', key: 'Tier', value: 'vip' }]],
  ['TIER', { voipHeaders: { tier: 'vip' } }, [{ kind: 'voip', key: 'tier', value: 'vip' }]],
])('a rule takes the call that brings its header %s, and explain says the same', async (key, sent, customContext) => {
  await put('vip', { header: { key, value: 'vip' } });
  expect(await dialIn(board, { to, customContext: sent })).toMatchObject({ ruleId: 'vip' });
  expect((await dialIn(board, { to })).ruleId).toBeUndefined();
  expect(await explain({ from, to, customContext })).toEqual({
    ruleId: 'vip',
    action: { kind: 'leave' },
    others: [],
  });
  expect(await explain({ from, to })).toEqual({
    action: { kind: 'leave' },
    others: [{ ruleId: 'vip', reason: `expected the header ${key} with "vip", got none` }],
  });
});

test('a schedule that is open takes a call as it comes in', async () => {
  await put('day', { schedule: always });
  expect(await dialIn(board, { to })).toMatchObject({ ruleId: 'day' });
});

test('explain looks at a time that is given, and at now when none is', async () => {
  await put('day', { schedule: { ...always, days: ['monday'], from: '09:00', to: '17:00' } });
  await put('night', { schedule: always }, { kind: 'reject' }, 20);
  const during = await explain({ from, to, at: '2026-01-05T09:00:00+05:45' });
  expect(during).toMatchObject({ ruleId: 'day', others: [{ ruleId: 'night' }] });
  expect(await explain({ from, to, at: '2026-01-05T17:00:00+05:45' })).toEqual({
    ruleId: 'night',
    action: { kind: 'reject', reason: 'none' },
    others: [{ ruleId: 'day', reason: 'expected monday from 09:00 to 17:00 in Asia/Kathmandu, got monday 17:00' }],
  });
  expect((await explain({ from, to })).ruleId).toMatch(/^(day|night)$/);
});

test('explain names the rule that then takes the call, and says of each other why it does not', async () => {
  await put('prefix', { toPrefix: '1425', fromPrefix: '+1425' });
  await put('caller', { from: nextCaller() }, { kind: 'reject' }, 1);
  await put('second', {}, { kind: 'reject' });
  const caller = nextCaller();
  expect(await explain({ from: caller, to })).toMatchObject({
    ruleId: 'prefix',
    action: { kind: 'leave' },
    others: [
      { ruleId: 'caller', reason: expect.stringContaining(caller) },
      { ruleId: 'second', reason: expect.stringContaining('evaluated after') },
    ],
  });
  expect(await dialIn(board, { from: caller, to })).toMatchObject({ ruleId: 'prefix' });
});

test('a caller without a number can be explained, and has a rule', async () => {
  await put('anonymous', { from: '4:anonymous' }, { kind: 'reject', reason: 'forbidden' });
  expect(await explain({ from: '4:anonymous', to })).toMatchObject({ ruleId: 'anonymous' });
});

test('a rule answers with its media options', async () => {
  const options = {
    cognitiveServicesEndpoint: 'https://cognitive.example/',
    mediaStreaming: { transportUrl: 'wss://example.com/audio' },
    transcription: { transportUrl: 'wss://example.com/text', locale: 'de-DE' },
  };
  await put('media', {}, { kind: 'answer', ...options });
  const since = await lastEntry(board);
  const { incomingCallId } = await dialIn(board, { to });
  await becomes(board, incomingCallId, 'answered');
  const [request] = await requestsSince(board, since);
  expect(request?.body).toMatchObject({
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://cognitive.example/' },
    mediaStreamingOptions: { transportUrl: 'wss://example.com/audio' },
    transcriptionOptions: { transportUrl: 'wss://example.com/text', locale: 'de-DE' },
  });
});

test('a rule has the events of its action sent where it says, with its context', async () => {
  const action = { kind: 'answer', notifyUrl: `${endpoint.url}/rule`, context: 'front desk' };
  expect((await put('notified', {}, action)).body).toMatchObject({ action });
  const { incomingCallId } = await dialIn(board, { to });
  const [message] = await endpoint.wait('/rule', (messages) => messages.length > 0);
  expect(message?.event.data).toMatchObject({ callId: incomingCallId, context: 'front desk' });
});

test('all rules are read in one transaction, however many there are', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => put(`rule-${index}`, { from }, { kind: 'reject' })));
  board.storage.take();
  await dialIn(board, { to });
  const reads = board.storage.take().filter(({ method, path }) => method === 'GET' && path.includes('routingRules'));
  expect(reads).toHaveLength(1);
  expect((await explain({ from, to })).others).toHaveLength(29);
  expect(board.storage.take()).toHaveLength(1);
});
