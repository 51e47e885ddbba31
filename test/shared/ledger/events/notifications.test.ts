import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RecordingRecord } from '../../../../shared/calls/recording/recording-record.ts';
import { recordingNotifications } from '../../../../shared/ledger/events/notifications.ts';
import { aCall } from '../../calls/stories.ts';

const at = '2026-01-01T12:00:00.000Z';
const recordingId = randomUUID();
const callWith = (over: Partial<RecordingRecord>) =>
  aCall({ recordings: { [recordingId]: { acsRecordingId: 'acs', createdAt: at, moves: [], ...over } } });

const running = callWith({});
const failed = callWith({ failure: { code: 'nothingRecorded', message: 'nothing', at } });
const archived = callWith({ archiving: { folder: 'f/', chunks: [], since: at, dueAt: at, archivedAt: at, files: [] } });
const deleted = callWith({ deletedAt: at });

test.each([
  ['fails', running, failed, ['RecordingFailed']],
  ['is archived', running, archived, ['RecordingArchived']],
  ['is archived after all', failed, archived, ['RecordingArchived']],
  ['was archived before', archived, archived, []],
  ['goes on', running, running, []],
  ['is deleted', archived, deleted, []],
])('a recording that %s is published: %o', (_, before, after, types) => {
  const notifications = recordingNotifications(before, after, at);
  expect(notifications.map(({ event }) => event.type)).toEqual(types.map((type) => `Switchboard.${type}`));
  expect(notifications.every(({ event }) => event.data.recordingId === recordingId)).toBe(true);
});
