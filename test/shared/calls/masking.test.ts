import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  eventWithoutContent,
  inputWithoutContent,
  maskedInput,
  resultWithoutContent,
} from '../../../shared/calls/masking.ts';
import { operations } from '../../../shared/operations/index.ts';
import type { Operation } from '../../../shared/operations/operation.ts';

const covered = { masked: true };

test('the input of a masked operation shows neither digits nor what is spoken', () => {
  const input = {
    participant: '+14255550123',
    tones: ['one', 'two'],
    prompts: [{ text: 'Your code is 1234.', voice: 'a' }, { ssml: '<speak>1234</speak>' }, { file: 'https://a/b.wav' }],
    choices: [{ label: 'yes', phrases: ['yes'] }],
    maxTones: 4,
  };
  expect(maskedInput(input, { masked: true })).toEqual({
    participant: '+14255550123',
    tones: covered,
    prompts: [{ text: covered, voice: 'a' }, { ssml: covered }, { file: 'https://a/b.wav' }],
    choices: covered,
    maxTones: 4,
  });
  expect(maskedInput(input, {})).toEqual(input);
});

test.each([
  ['https://example.com/a.wav?sig=secret', 'https://example.com/a.wav'],
  ['wss://user:secret@example.com/media#secret', 'wss://example.com/media'],
  ['https://example.com/a.wav', 'https://example.com/a.wav'],
  ['https://?secret', 'https://?secret'],
  ['Press 1? Or 2?', 'Press 1? Or 2?'],
])('the input shows %s as %s', (given, shown) => {
  expect(maskedInput({ sources: [{ url: given }] }, {})).toEqual({ sources: [{ url: shown }] });
});

test('what is no longer kept of a result is digits and speech, and everything else of it stays', () => {
  const result = { recognitionType: 'dtmf', tones: ['one'], choice: { label: 'a' }, speech: { speech: 'b' } };
  expect(resultWithoutContent(result)).toEqual({ recognitionType: 'dtmf', masked: true });
  expect(resultWithoutContent({ recordingId: 'r', invitationId: 'i', failedPlaySourceIndex: 0 })).toBeUndefined();
});

test('the second time there is nothing to remove', () => {
  const input = { sendDigits: '1', sources: [{ text: 'a' }, { file: 'https://example.com/b.wav?sig=c' }] };
  const without = inputWithoutContent(input);
  expect(without).toEqual({ sendDigits: covered, sources: [{ text: covered }, { file: 'https://example.com/b.wav' }] });
  expect(inputWithoutContent(without ?? {})).toBeUndefined();
  const event = { id: 'a', at: 'b', type: 'c', data: { tone: 'one', callConnectionId: 'd' } };
  const bare = eventWithoutContent(event);
  expect(bare?.data).toEqual({ tone: covered, callConnectionId: 'd' });
  expect(bare && eventWithoutContent(bare)).toBeUndefined();
});

/** The members of results that hold neither digits nor words. */
const plain = [
  'callConnectionId',
  'correlationId',
  'details',
  'failedPlaySourceIndex',
  'invitationId',
  'recognitionType',
  'recordingId',
  'serverCallId',
];

test('every member of a result is one that goes with the content, or one that is known to hold none', () => {
  const members = (operations as readonly Operation[]).flatMap(({ result }) =>
    result instanceof z.ZodObject ? Object.keys(result.shape) : [],
  );
  const staying = members.filter((name) => resultWithoutContent({ [name]: 'a' }) === undefined);
  expect(staying.filter((name) => !plain.includes(name))).toEqual([]);
});
