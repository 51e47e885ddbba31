/** A call that was removed while its request ran is one that is not known. */
import { expect, test } from 'vitest';
import { shownCall } from '../../../shared/http/endpoints/calls.ts';
import { aCall } from '../calls/stories.ts';

test.each([undefined, aCall({ status: 'ringing' })])('what is no call, or rings only, is 404', (record) => {
  expect(() => shownCall(record)).toThrow(expect.objectContaining({ code: 'callNotFound' }));
});
