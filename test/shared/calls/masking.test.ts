import { expect, test } from 'vitest';
import { maskedInput } from '../../../shared/calls/masking.ts';

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
