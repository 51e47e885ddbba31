/** From what happens in a call to the samples of its recording: the pure core, by property. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelCount, channelsOf } from '../../../../local/emulator/recordings/channels.ts';
import { cut } from '../../../../local/emulator/recordings/chunks.ts';
import { samples, soundOf } from '../../../../local/emulator/recordings/sound.ts';
import type { RecordingTerms } from '../../../../local/emulator/recordings/terms.ts';
import {
  endTimeline,
  hear,
  pause,
  resume,
  startTimeline,
  type Timeline,
} from '../../../../local/emulator/recordings/timeline.ts';
import { wavFile } from '../../../../local/emulator/recordings/wav.ts';

const FRAMES_PER_MS = 16;
const PEOPLE = ['anna', 'bob', 'carol'];

interface Moment {
  readonly lastsMs: number;
  readonly audible: readonly string[];
  readonly isPaused: boolean;
}

const moments = fc.array(
  fc.record({ lastsMs: fc.nat({ max: 40 }), audible: fc.subarray(PEOPLE), isPaused: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
);

const START_MS = 1000;

function timelineOf(story: readonly Moment[]): Timeline {
  const timeline = startTimeline(START_MS);
  let nowMs = START_MS;
  for (const { lastsMs, audible, isPaused } of story) {
    hear(timeline, nowMs, new Set(audible));
    (isPaused ? pause : resume)(timeline, nowMs);
    nowMs += lastsMs;
  }
  endTimeline(timeline, nowMs);
  return timeline;
}

const spanOf = ({ startedAtMs, endedAtMs = 0 }: Timeline) => ({ fromMs: startedAtMs, untilMs: endedAtMs });

function mixed(timeline: Timeline, span = spanOf(timeline)): Int16Array {
  const sound = soundOf(timeline, span, new Map(PEOPLE.map((name) => [name, 0])));
  return samples(sound, 0, sound.frames);
}

test('every sample is the sum of the tones of those who can be heard, and none while it is paused', () => {
  fc.assert(
    fc.property(moments, (story) => {
      const timeline = timelineOf(story);
      const hzOf = new Map([...timeline.voices.keys()].map((name, index) => [name, 400 + 100 * index]));
      const expected = story
        .flatMap(({ lastsMs, audible, isPaused }) => Array(lastsMs * FRAMES_PER_MS).fill(isPaused ? [] : audible))
        .map((audible: string[], frame) =>
          audible.reduce((sum, name) => sum + Math.sin((2 * Math.PI * (hzOf.get(name) ?? 0) * frame) / 16_000), 0),
        );

      const actual = mixed(timeline);
      expect(actual).toHaveLength(expected.length);
      expect(expected.findIndex((level, frame) => Math.abs(3000 * level - (actual[frame] ?? 0)) > 1)).toBe(-1);
    }),
  );
});

test('chunks are as long together as the recording, and none is longer than it may be', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 100 }), (story, chunkMs) => {
      const timeline = timelineOf(story);
      const chunks = cut(spanOf(timeline), chunkMs);
      const frames = chunks.map((chunk) => mixed(timeline, chunk).length);

      expect(chunks.map(({ index }) => index)).toEqual([...chunks.keys()]);
      expect(Math.max(0, ...frames)).toBeLessThanOrEqual(chunkMs * FRAMES_PER_MS);
      expect(frames.reduce((sum, count) => sum + count, 0)).toBe(mixed(timeline).length);
    }),
  );
});

test('any part of a WAV is the same part of the whole', () => {
  fc.assert(
    fc.property(moments, fc.nat({ max: 20_000 }), fc.nat({ max: 20_000 }), (story, one, other) => {
      const timeline = timelineOf(story);
      const channels = new Map(PEOPLE.map((name, index) => [name, index]));
      const file = wavFile(soundOf(timeline, spanOf(timeline), channels));
      const read = (from: number, until: number) =>
        Buffer.concat([...(file.read(from, until) as Iterable<Uint8Array>)]);
      const [from, until] = [Math.min(one, other, file.length), Math.min(Math.max(one, other), file.length)] as const;

      expect(read(0, file.length)).toHaveLength(file.length);
      expect(read(from, until).equals(read(0, file.length).subarray(from, until))).toBe(true);
    }),
  );
});

test('a loud crowd is clipped, not wrapped', () => {
  const timeline = startTimeline(START_MS);
  const crowd = Array.from({ length: 350 }, (_, index) => `8:acs:${index}`);
  hear(timeline, START_MS, new Set(crowd));
  endTimeline(timeline, START_MS + 10);
  const sound = soundOf(timeline, spanOf(timeline), new Map(crowd.map((name) => [name, 0])));

  expect(Math.max(...samples(sound, 0, 160))).toBe(32_767);
});

test('no two participants share a channel of an unmixed recording, and a given channel is kept', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'));
  const affinity = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'x', 'y'), fc.nat({ max: 4 })), {
    comparator: ([name, channel], [otherName, otherChannel]) => name === otherName || channel === otherChannel,
  });
  fc.assert(
    fc.property(affinity, names, names, (given, ordering, heard) => {
      const terms = { channel: 'unmixed', affinity: new Map(given), ordering } as unknown as RecordingTerms;
      const timeline = startTimeline(START_MS);
      hear(timeline, START_MS, new Set(heard));
      const channels = channelsOf(terms, timeline);

      expect(new Set(channels.values()).size).toBe(channels.size);
      expect(channelCount(channels)).toBeLessThanOrEqual(5);
      expect([...channels]).toEqual(expect.arrayContaining(given));
      expect(channels.size).toBe(Math.min(5, new Set([...terms.affinity.keys(), ...ordering, ...heard]).size));
    }),
  );
});
