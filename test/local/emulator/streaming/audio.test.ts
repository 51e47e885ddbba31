/** Generated sound: frames that join without a click, silence only where no one is heard. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toneHz } from '../../../../local/emulator/recordings/sound.ts';
import { audioFrame, FRAME_MS, frameBytes } from '../../../../local/emulator/streaming/audio.ts';
import { runs } from '../../../support/property-runs.ts';

const sampleRate = fc.constantFrom(16_000 as const, 24_000 as const);
const voices = fc.uniqueArray(fc.nat({ max: 15 }), { minLength: 1, maxLength: 10 });

const samplesOf = (frame: Buffer) => new Int16Array(frame.buffer, frame.byteOffset, frame.length / 2);

test('a frame holds 20 ms, and no speaker makes no sound', () => {
  fc.assert(
    fc.property(sampleRate, voices, (rate, indexes) => {
      const frame = audioFrame(indexes.map(toneHz), rate);

      expect(frame.length).toBe(frameBytes(rate));
      expect(frame.length / 2 / rate).toBe(FRAME_MS / 1000);
      expect(samplesOf(frame).some((sample) => sample !== 0)).toBe(true);
      expect(audioFrame([], rate).equals(Buffer.alloc(frameBytes(rate)))).toBe(true);
    }),
  );
});

test('a tone crosses zero twice in each of its periods', () => {
  fc.assert(
    fc.property(sampleRate, fc.nat({ max: 15 }), (rate, index) => {
      const samples = samplesOf(audioFrame([toneHz(index)], rate));
      // Frames are alike, so the last sample is followed by the first.
      const crossings = samples.filter((sample, at) => sample >= 0 !== (samples[(at + 1) % samples.length] ?? 0) >= 0);

      expect(crossings).toHaveLength((2 * toneHz(index) * FRAME_MS) / 1000);
    }),
  );
});

test('voices together are the sum of each', () => {
  fc.assert(
    fc.property(sampleRate, voices, (rate, indexes) => {
      const together = samplesOf(audioFrame(indexes.map(toneHz), rate));
      const alone = indexes.map((index) => samplesOf(audioFrame([toneHz(index)], rate)));

      together.forEach((sample, at) => {
        const sum = alone.reduce((total, each) => total + (each[at] ?? 0), 0);
        expect(Math.abs(sample - sum)).toBeLessThanOrEqual(indexes.length);
      });
    }),
    runs(20),
  );
});
