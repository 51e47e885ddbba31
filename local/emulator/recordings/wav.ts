/** WAV files: 16-bit PCM behind a RIFF header. Any byte can be computed, so nothing is ever stored. */

import type { MediaFile } from './media-file.ts';
import { SAMPLE_RATE, type Sound, samples } from './sound.ts';

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;
const BLOCK_FRAMES = SAMPLE_RATE;

/** The sound as a WAV file. */
export function wavFile(sound: Sound): MediaFile {
  const header = headerOf(sound);
  const frameBytes = sound.channels * SAMPLE_BYTES;
  return {
    mediaType: 'audio/wav',
    length: HEADER_BYTES + sound.frames * frameBytes,
    *read(from, until) {
      if (from < HEADER_BYTES) {
        yield header.subarray(from, Math.min(until, HEADER_BYTES));
      }
      for (let position = Math.max(from, HEADER_BYTES); position < until; ) {
        const offset = position - HEADER_BYTES;
        const frame = Math.floor(offset / frameBytes);
        const block = Buffer.from(samples(sound, frame, BLOCK_FRAMES).buffer);
        const skip = offset - frame * frameBytes;
        const piece = block.subarray(skip, skip + until - position);
        yield piece;
        position += piece.length;
      }
    },
  };
}

function headerOf({ channels, frames }: Sound): Buffer {
  const frameBytes = channels * SAMPLE_BYTES;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + frames * frameBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16); // length of the format chunk
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(8 * SAMPLE_BYTES, 34);
  header.write('data', 36);
  header.writeUInt32LE(frames * frameBytes, 40);
  return header;
}
