/** Positions in streams: any cut between two events, at any revision, loses nothing and sends nothing twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCallRecord } from '../../../shared/calls/call.ts';
import type { TimelineEntry } from '../../../shared/calls/timeline.ts';
import {
  hasEverything,
  liveEvents,
  liveIdOf,
  livePositionOf,
  storyEvents,
  storyPositionOf,
  storyStart,
} from '../../../shared/http/stream-position.ts';

const time = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** Entries as they are written: by revision, of any times, several at once. */
const written = fc.array(fc.array(fc.nat(50), { maxLength: 3 }), { minLength: 1, maxLength: 8 });

function storyAt(revision: number, seconds: readonly (readonly number[])[]) {
  const entries = seconds.slice(0, revision + 1).flatMap((ofOne, at) =>
    [...new Set(ofOne)]
      .map((second) => ({
        revision: at,
        key: `${time(second)}:2:event-${at}`,
        entry: { at: time(second) } as TimelineEntry,
      }))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
  );
  const record = newCallRecord({ salt: 's', callId: 'c', direction: 'outbound', createdAt: time(0), revision });
  return { stored: { record, etag: '' }, from: -1, entries };
}

test('wherever a stream of a call is cut, the rest is what is missing', () => {
  fc.assert(
    fc.property(written, fc.infiniteStream(fc.nat(4)), (seconds, takes) => {
      const ids: string[] = [];
      let position = storyStart;
      for (let revision = 0; revision < seconds.length; ) {
        const { events } = storyEvents(storyAt(revision, seconds), position);
        const taken = events.slice(0, takes.next().value);
        ids.push(...taken.map(({ id }) => String(id)));
        position = storyPositionOf(ids.at(-1) ?? '') ?? storyStart;
        revision += taken.length === events.length ? 1 : 0;
      }
      const all = storyAt(seconds.length - 1, seconds);
      const entries = ids.filter((id) => !id.endsWith(':~'));
      expect(new Set(ids).size).toBe(ids.length);
      expect(entries).toEqual(all.entries.map(({ revision, key }) => `${revision}:${key}`));
      expect(ids.at(-1)).toBe(`${seconds.length - 1}:~`);
      const complete = ids.filter((id) => hasEverything(all.stored.record, storyPositionOf(id) ?? storyStart));
      expect(complete).toEqual(ids.slice(-1));
    }),
  );
});

const position = fc
  .uniqueArray(fc.tuple(fc.uuid(), fc.nat(2_000_000_000)), { minLength: 1, maxLength: 20, selector: ([id]) => id })
  .map((entries) => new Map(entries));

test('the id of a stream of live calls is its position', () => {
  fc.assert(
    fc.property(position, (one) => {
      expect(livePositionOf(liveIdOf(one))).toEqual(one);
    }),
  );
});

test('a text that is no id of a stream is no position', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = storyPositionOf(text);
      expect(parsed === undefined || text === `${parsed.revision}:${parsed.key}`).toBe(true);
      const live = livePositionOf(text);
      expect(live === undefined || live.size * 20 === Buffer.from(text, 'base64url').length).toBe(true);
    }),
  );
});

test('calls that ring and calls that were sent in this revision are left out of the live calls', () => {
  const call = (callId: string, status: 'ringing' | 'connected', revision: number) => ({
    record: newCallRecord({ salt: 's', callId, direction: 'inbound', createdAt: time(0), status, revision }),
    etag: '',
  });
  const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
  const calls = [call(id(1), 'ringing', 3), call(id(2), 'connected', 3), call(id(3), 'connected', 5)];
  const { events, position: sent } = liveEvents(calls, new Map([[id(2), 3]]));
  expect(events.map(({ data }) => data)).toMatchObject([{ callId: id(3) }]);
  expect(livePositionOf(events[0]?.id ?? '')).toEqual(sent);
});
