import { expect, it } from 'vitest';
import { missingFrom } from '../../../infra/hooks/indexed.ts';

it.each([
  ['[]', ['incomingCall', 'incomingCallFromQueue']],
  ['[{"name":"app/health"},{"name":"app/incomingCall"}]', ['incomingCallFromQueue']],
  ['[{"name":"app/incomingCallFromQueue"},{"name":"app/incomingCall"}]', []],
  ['[{"name":"app/incomingCalls"},{"id":"incomingCallFromQueue"}]', ['incomingCall', 'incomingCallFromQueue']],
])('finds what is missing from %s', (listed, missing) => {
  expect(missingFrom(listed)).toEqual(missing);
});
