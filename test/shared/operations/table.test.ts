import { randomUUID } from 'node:crypto';
import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { newCallRecord } from '../../../shared/calls/call.ts';
import { mediaActionOf } from '../../../shared/calls/media-rules.ts';
import { AppError } from '../../../shared/errors.ts';
import { operationNamed, operations } from '../../../shared/operations/index.ts';
import {
  defineOperation,
  type Operation,
  pathParameters,
  targetParameters,
} from '../../../shared/operations/operation.ts';
import { parseInput } from '../../../shared/operations/parse-input.ts';

const all: readonly Operation[] = operations;

test('names and routes are unique', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length);
});

test.each(all)('the example of $name is a valid input, and an unknown field is refused', (operation) => {
  expect(() => parseInput(operation, operation.example)).not.toThrow();
  expect(errorsOf(operation, { ...operation.example, nonsense: 1 })).toContainEqual({
    path: 'nonsense',
    message: 'unknown field',
  });
});

test.each(all)('each path parameter of $name is its target or a field of its input', ({ path, target, example }) => {
  const id = targetParameters[target];
  for (const parameter of pathParameters(path)) {
    expect([id, ...Object.keys(example)]).toContain(parameter);
  }
});

/** As little as an operation may state. */
const literal = {
  name: 'wink',
  summary: 'Wink',
  method: 'POST',
  path: 'calls/{callId}/wink',
  target: 'call',
  input: z.strictObject({}),
  example: {},
  settles: { by: 'response' },
  undo: 'none',
  send: async () => ({}),
} as const;

test('an operation compiles only if it states how it is undone and, for a new call, in which direction that goes', () => {
  const { undo: _, ...withoutUndo } = literal;
  const newCall = { ...literal, path: 'calls/wink', target: 'newCall' } as const;
  expectTypeOf(defineOperation(literal)).toExtend<Operation>();
  expectTypeOf(defineOperation({ ...newCall, direction: 'joined' })).toExtend<Operation>();
  // @ts-expect-error The type demands `undo`.
  defineOperation(withoutUndo);
  // @ts-expect-error The type demands `direction`.
  defineOperation(newCall);
});

/** The requests that undo operations, each with the input that it gets after the example of its operation. */
const undoRequests = all.flatMap(({ name, undo, example: input }) => {
  const { whileOpen, afterSuccess } = undo === 'none' ? {} : undo;
  const result = { invitationId: 'i', recordingId: 'r' };
  return [whileOpen, afterSuccess].flatMap((one) =>
    one ? [{ name, by: one.by.name, input: one.input?.({ input, result }) ?? {} }] : [],
  );
});

test.each(undoRequests)('$name is undone by $by, which accepts the input that it gets', ({ by, input }) => {
  const operation = operationNamed(by);
  expect(['call', 'recording']).toContain(operation?.target);
  expect(operation && errorsOf(operation, input)).toEqual([]);
});

test('an operation whose path lacks its target is refused when the table is built', () => {
  expect(() => defineOperation({ ...literal, path: 'nowhere' })).toThrow('{callId}');
});

/** Every validation error of an input at once, cross-field rules with field rules. */
test.each([
  ['createCall', { targets: [] }, ['targets']],
  ['createCall', {}, ['targets']],
  ['createCall', { targets: ['+14255550123', 'no-number'], displayName: 7 }, ['targets[1]', 'displayName', 'callerId']],
  ['createCall', { targets: ['+1425'], callerId: '+14255550100' }, ['targets[0]']],
  [
    'createCall',
    { targets: ['8:acs:a'], customContext: [{ kind: 'sipx', key: 'bad key', value: '' }] },
    ['customContext[0].key'],
  ],
  ['createCall', { targets: ['8:acs:a'], customContext: [{ kind: 'fax' }] }, ['customContext[0].kind']],
  [
    'createCall',
    { targets: ['8:acs:a'], mediaStreaming: { transportUrl: 'http://example.com/' } },
    ['mediaStreaming.transportUrl'],
  ],
  ['createCall', { targets: ['8:acs:a'], context: 'x'.repeat(1025) }, ['context']],
  ['connectCall', { locator: { kind: 'street', id: '' } }, ['locator.kind', 'locator.id']],
  ['rejectCall', { reason: 'asleep' }, ['reason']],
  ['redirectCall', { target: '+14255550123' }, ['callerId']],
  [
    'addParticipant',
    { target: '+14255550123', invitationTimeoutSeconds: 181 },
    ['invitationTimeoutSeconds', 'callerId'],
  ],
  ['addParticipant', { target: 7 }, ['target']],
  ['muteParticipant', { participant: '+14255550123' }, ['participant']],
  ['moveParticipants', { participants: [], fromCallId: 'x' }, ['participants', 'fromCallId']],
  ['transferCall', { target: '4:no-number' }, ['target']],
  ['play', { sources: [] }, ['sources']],
  [
    'play',
    { sources: [{ file: 'not a url' }, { text: 'a', ssml: 'b' }], to: [] },
    ['sources[0].file', 'sources[1]', 'to'],
  ],
  ['recognize', { participant: '8:acs:a', input: 'choices' }, ['choices']],
  [
    'recognize',
    { participant: '8:acs:a', input: 'dtmf', locale: 'en-US', choices: [] },
    ['choices', 'choices', 'locale'],
  ],
  [
    'recognize',
    { participant: '8:acs:a', input: 'speech', maxTones: 1, prompt: { text: 'a' }, prompts: [{ text: 'b' }] },
    ['prompts', 'maxTones'],
  ],
  [
    'recognize',
    { participant: 'x', input: 'dtmf', interToneTimeoutSeconds: 0, initialSilenceTimeoutSeconds: 301, locale: 'en-US' },
    ['participant', 'interToneTimeoutSeconds', 'initialSilenceTimeoutSeconds', 'locale'],
  ],
  ['recognize', { participant: '8:acs:a', input: 'fax', maxTones: 1 }, ['input']],
  ['sendDtmfTones', { tones: [], to: '8:acs:a' }, ['tones', 'to']],
  ['sendDtmfTones', { tones: Array(19).fill('one'), to: '+14255550123' }, ['tones']],
  ['sendDtmfTones', { tones: ['11'], to: '+14255550123' }, ['tones[0]']],
  ['hold', { source: {} }, ['participant', 'source']],
  ['updateTranscription', {}, ['locale']],
  ['startRecording', { content: 'video', channel: 7 }, ['content', 'channel']],
  ['startRecording', { content: 'audioVideo', channel: 'unmixed' }, ['channel']],
  ['startRecording', { content: 'audioVideo', format: 'wav' }, ['format']],
  ['startRecording', { channel: 'unmixed', format: 'mp3' }, ['format']],
  ['startRecording', { format: 'mp4' }, ['format']],
  [
    'startRecording',
    { channelAffinity: [{ participant: '8:acs:a', channel: 5 }] },
    ['channelAffinity[0].channel', 'channelAffinity'],
  ],
  ['startRecording', { locator: { kind: 'street', id: '' } }, ['locator.kind', 'locator.id']],
])('%s refuses %o, naming %o', (name, input, paths) => {
  const operation = all.find((one) => one.name === name) as Operation;
  expect(errorsOf(operation, input).map(({ path }) => path)).toEqual(paths);
});

const outbound = newCallRecord({
  salt: 'salt',
  callId: randomUUID(),
  direction: 'outbound',
  createdAt: '2026-11-30T12:00:00.000Z',
});

test.each([
  ['play', {}, 'playToAll', 'playToAll'],
  ['play', { to: ['8:acs:a'] }, 'playTo', 'playTo'],
  ['recognize', {}, 'recognizeNonGroup', 'recognizeGroup'],
  ['sendDtmfTones', {}, 'sendDtmf', 'sendDtmf'],
  ['startContinuousDtmfRecognition', {}, 'startContinuousDtmf', 'startContinuousDtmf'],
])('the media action of %s with %o is %s, in a group call %s', (name, options, action, inGroupCall) => {
  const operation = operationNamed(name) as Operation;
  const use = operation.media?.(parseInput(operation, { ...operation.example, ...options }));
  expect(use && mediaActionOf(use, outbound)).toBe(action);
  expect(use && mediaActionOf(use, { ...outbound, isGroup: true })).toBe(inGroupCall);
});

test.each([
  ['sipx', { kind: 'sipx', key: 'a', value: '' }, 6],
  ['sipuui', { kind: 'sipuui', value: '' }, 2],
  ['voip', { kind: 'voip', key: 'a', value: '' }, 1001],
])('more %s headers than ACS takes are refused', (_, header, count) => {
  const operation = all.find(({ name }) => name === 'createCall') as Operation;
  const input = {
    targets: ['8:acs:a'],
    customContext: Array.from({ length: count }, (_none, index) => ({
      ...header,
      ...('key' in header && { key: `a${index}` }),
    })),
  };
  expect(errorsOf(operation, input).map(({ path }) => path)).toEqual(['customContext']);
});

test('a media stream over plain ws is taken on this machine only', () => {
  const operation = all.find(({ name }) => name === 'createCall') as Operation;
  const withUrl = (transportUrl: string) =>
    errorsOf(operation, { targets: ['8:acs:a'], mediaStreaming: { transportUrl } });
  expect(withUrl('ws://127.0.0.1:8080/audio')).toEqual([]);
  expect(withUrl('wss://example.com/audio')).toEqual([]);
  expect(withUrl('https://example.com/audio')).toHaveLength(1);
  expect(withUrl('audio')).toHaveLength(1);
});

function errorsOf(operation: Operation, input: object) {
  try {
    parseInput(operation, input);
    return [];
  } catch (error) {
    return error instanceof AppError ? (error.details.errors ?? []) : [];
  }
}

test.each([
  ['https://contoso.blob.core.windows.net/calls', true],
  ['https://contoso.blob.core.usgovcloudapi.net/calls/of/today', true],
  ['https://contoso.z12.blob.storage.azure.net/calls', true],
  ['http://127.0.0.1:10000/devstoreaccount1/calls', true],
  ['https://contoso.blob.core.windows.net/', false],
  ['https://contoso.blob.core.windows.net/calls?sv=2024&sig=secret', false],
  ['https://user@contoso.blob.core.windows.net/calls', false],
  ['https://contoso.blob.core.windows.net:8443/calls', false],
  ['https://contoso.blob.core.windows.net.example.com/calls', false],
  ['https://169.254.169.254/calls', false],
  ['http://contoso.blob.core.windows.net/calls', false],
  ['calls', false],
])('a recording may go to %s: %s', (containerUrl, isTaken) => {
  const operation = all.find(({ name }) => name === 'startRecording') as Operation;
  expect(errorsOf(operation, { storage: { containerUrl } }).length === 0).toBe(isTaken);
});
