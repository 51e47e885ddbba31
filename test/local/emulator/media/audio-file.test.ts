/** Audio files: how long they sound, whichever program wrote them, and that no answer of a server breaks the emulator. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMp3Encoder } from 'wasm-media-encoders';
import { soundingMs } from '../../../../local/emulator/media/audio-file.ts';
import { wave } from '../audio-server.ts';

const INVALID = { code: 400, subCode: 8535 };

test('a WAV file sounds for as long as it has samples; a part of a millisecond counts as one', async () => {
  const samplesPerMs = 16;
  await fc.assert(
    // 2.019 seconds times 1000 is more than 2019.
    fc.asyncProperty(fc.integer({ min: 1, max: 3000 * samplesPerMs }), async (samples) => {
      const bytes = new Uint8Array(wave(samples / samplesPerMs));

      expect(await soundingMs(bytes)).toBe(Math.ceil(samples / samplesPerMs));
    }),
    { examples: [[2019 * samplesPerMs]] },
  );
});

test('an MP3 file may be played as well', async () => {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate: 16_000, channels: 1, bitrate: 32 });
  const parts = [encoder.encode([new Float32Array(16_000)]).slice(), encoder.finalize().slice()];

  const ms = await soundingMs(new Uint8Array(Buffer.concat(parts)));

  // The encoder pads the start and the end.
  expect(ms).toBeGreaterThanOrEqual(1000);
  expect(ms).toBeLessThan(1300);
});

test('text and nothing at all are invalid files', async () => {
  expect(await soundingMs(new Uint8Array(Buffer.from('<html></html>')))).toMatchObject(INVALID);
  expect(await soundingMs(new Uint8Array())).toMatchObject(INVALID);
});

test('any bytes, also those of a file that was cut short, are measured or refused', async () => {
  const whole = wave(500);
  const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, fc.uint8Array({ maxLength: 2000 })), async (bytes) => {
      const sound = await soundingMs(new Uint8Array(bytes));

      if (typeof sound === 'number') {
        expect(sound).toBeGreaterThan(0);
      } else {
        expect(sound).toMatchObject(INVALID);
      }
    }),
  );
});
