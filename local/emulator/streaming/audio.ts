/** Generated sound: a tone for each speaker as 16-bit PCM, mono, in frames of 20 ms. */

/** ACS sends 50 frames a second. */
export const FRAME_MS = 20;

export type SampleRate = 16_000 | 24_000;

/** Low enough that ten voices together do not clip. */
const AMPLITUDE = 3000;

/** Bytes of one frame: 640 at 16 kHz, 960 at 24 kHz. */
export function frameBytes(sampleRate: SampleRate): number {
  return (2 * sampleRate * FRAME_MS) / 1000;
}

/**
 * 20 ms of the tones together; silence when there are none. Tones are multiples of 100 Hz, so they go on without a
 * click from one frame to the next.
 */
export function audioFrame(tonesHz: readonly number[], sampleRate: SampleRate): Buffer {
  const frame = Buffer.alloc(frameBytes(sampleRate));
  for (let sample = 0; tonesHz.length > 0 && sample < frame.length / 2; sample++) {
    const level = tonesHz.reduce((sum, hz) => sum + Math.sin((2 * Math.PI * hz * sample) / sampleRate), 0);
    frame.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(AMPLITUDE * level))), 2 * sample);
  }
  return frame;
}
