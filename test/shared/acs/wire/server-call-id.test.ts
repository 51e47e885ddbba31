/** Two spellings of a server call id name one call; two calls are never taken for one. */
import { expect, test } from 'vitest';
import { isSameServerCall } from '../../../../shared/acs/wire/server-call-id.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const address = 'https://conv-uswe-01.conv.skype.com/conv/Abc?i=1&e=2';

test.each([
  ['the same text', 'aCall', 'aCall'],
  ['addresses that differ in their query', base64(address), base64(address.replace('e=2', 'e=3'))],
  ['addresses that differ in case', base64(address), base64(address.toUpperCase())],
  ['an id and its percent-encoding', base64(address), encodeURIComponent(base64(address))],
])('%s name one call', (_, one, other) => {
  expect(isSameServerCall(one, other)).toBe(true);
});

test.each([
  ['other addresses', base64(address), base64(address.replace('Abc', 'Abd'))],
  ['texts that are no addresses', 'one', 'other'],
  ['a text that is not percent-encoded as it seems', '%E0%A4%A', 'other'],
])('%s name two calls', (_, one, other) => {
  expect(isSameServerCall(one, other)).toBe(false);
});
