import { expect, it } from 'vitest';
import { missingFrom } from '../../../infra/hooks/indexed.ts';

it.each([
  ['[]', ['incomingCall', 'recordingFileStatus']],
  ['[{"name":"app/health"},{"name":"app/incomingCall"}]', ['recordingFileStatus']],
  ['[{"name":"app/recordingFileStatus"},{"name":"app/incomingCall"}]', []],
  ['[{"name":"app/incomingCalls"},{"id":"recordingFileStatus"}]', ['incomingCall', 'recordingFileStatus']],
])('finds what is missing from %s', (listed, missing) => {
  expect(missingFrom(listed)).toEqual(missing);
});
