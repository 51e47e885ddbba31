/** Recordings that have a time of their own: the removal of a call deletes them, since nothing else leads to them. */
import { expect, test } from 'vitest';
import { recordingsEraser } from '../../../shared/recordings/retention.ts';
import { aCall } from '../calls/stories.ts';

const untouched = {} as never;

test('the removal of a call deletes its recordings where these have a time of their own, and of a call without any nothing', async () => {
  expect(recordingsEraser(untouched, untouched, {})).toEqual({});
  const { eraseRecordings } = recordingsEraser(untouched, untouched, { recordingDays: 1 });
  expect(await eraseRecordings?.(aCall())).toBe(0);
});
