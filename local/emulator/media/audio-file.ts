/** Audio files for prompts: fetching one, and its duration. */

import { BufferSource, Input, type InputAudioTrack, MP3, WAVE } from 'mediabunny';
import type { ResultInformation } from '../calls/result-information.ts';
import { plainAddress } from '../tls/plain-address.ts';
import { INVALID_FILE_FORMAT } from './results.ts';

/** Chosen here: a larger or slower file would not be played in time anyway. */
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 50 * 1024 * 1024;

/** Fetches the file; rejects when there is no response, when it is no success, or when the file is too large. */
export async function fetchAudio(uri: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(uri);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > MAX_BYTES) {
      throw new Error(`more than ${MAX_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function request(uri: string): Promise<Response> {
  try {
    return await fetch(uri, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const plain = plainAddress(uri, error);
    if (plain === undefined) {
      throw error;
    }
    return await request(plain);
  }
}

/**
 * The duration of the file, or 400/8535. ACS documents WAV, mono, 16-bit PCM at 16 kHz, and MP3. For a file without
 * sound the result is not documented; chosen here: it is invalid.
 */
export async function soundingMs(audio: Uint8Array<ArrayBuffer>): Promise<number | ResultInformation> {
  const input = new Input({ formats: [WAVE, MP3], source: new BufferSource(audio) });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null || !(await isPlayable(input, track))) {
      return INVALID_FILE_FORMAT;
    }
    const [seconds, samplesPerSecond] = await Promise.all([track.computeDuration(), track.getSampleRate()]);
    // Counted in samples: 2.019 seconds times 1000 is more than 2019, and would be rounded up.
    const samples = Math.round(seconds * samplesPerSecond);
    return samples > 0 ? Math.ceil((samples * 1000) / samplesPerSecond) : INVALID_FILE_FORMAT;
  } catch {
    // Any error of the reader means that the file is not the audio that ACS plays.
    return INVALID_FILE_FORMAT;
  } finally {
    input.dispose();
  }
}

async function isPlayable(input: Input, track: InputAudioTrack): Promise<boolean> {
  if ((await input.getFormat()) !== WAVE) {
    return true;
  }
  const [codec, channels, samplesPerSecond] = await Promise.all([
    track.getCodec(),
    track.getNumberOfChannels(),
    track.getSampleRate(),
  ]);
  return codec === 'pcm-s16' && channels === 1 && samplesPerSecond === 16_000;
}
