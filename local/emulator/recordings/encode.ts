/** Encodes MP3 and MP4 files. An encoder needs all samples in order, so a file is written to disk once. */

import { pictureAt, VIDEO } from './black-picture.ts';
import { SAMPLE_RATE, type Sound, samples } from './sound.ts';

export type EncodedFormat = 'mp3' | 'mp4';

/** The bit rates of the encoders: documented for MP3, chosen here for the sound of MP4. */
export const BITS_PER_SECOND: Record<EncodedFormat, number> = { mp3: 48_000, mp4: 64_000 };

/** Writes the sound to a file; an MP4 has a black picture. Only a second of sound is in memory at a time. */
export async function encode(sound: Sound, format: EncodedFormat, path: string): Promise<void> {
  const { output, audio, video, media } = await openOutput(format, path);
  try {
    await output.start();
    for (let second = 0; second * SAMPLE_RATE < sound.frames; second++) {
      const sample = new media.AudioSample({
        format: 's16',
        data: samples(sound, second * SAMPLE_RATE, SAMPLE_RATE),
        sampleRate: SAMPLE_RATE,
        numberOfChannels: sound.channels,
        timestamp: second,
      });
      await audio.add(sample);
      await video?.add(new media.EncodedPacket(pictureAt(second), 'key', second, sample.duration), VIDEO_META);
      sample.close();
    }
    await output.finalize();
  } catch (error) {
    // Ends the encoder's thread and closes the file.
    await output.cancel();
    throw error;
  }
}

/** The description of the video for decoders. */
const VIDEO_META = {
  decoderConfig: {
    codec: VIDEO.codec,
    codedWidth: VIDEO.width,
    codedHeight: VIDEO.height,
    description: VIDEO.configuration,
  },
};

/** A file with its tracks. */
async function openOutput(format: EncodedFormat, path: string) {
  loading ??= loadEncoders();
  const media = await loading;
  const isVideo = format === 'mp4';
  const output = new media.Output({
    format: isVideo ? new media.Mp4OutputFormat({ fastStart: false }) : new media.Mp3OutputFormat(),
    target: new media.FilePathTarget(path),
  });
  const video = isVideo ? new media.EncodedVideoPacketSource('avc') : undefined;
  if (video !== undefined) {
    output.addVideoTrack(video);
  }
  const audio = new media.AudioSampleSource({ codec: isVideo ? 'aac' : 'mp3', bitrate: BITS_PER_SECOND[format] });
  output.addAudioTrack(audio);
  return { media, output, audio, video };
}

/** The encoders are large, so they are loaded when the first file needs them; registering them twice is refused. */
async function loadEncoders() {
  const [media, { registerAacEncoder }, { registerMp3Encoder }] = await Promise.all([
    import('mediabunny'),
    import('@mediabunny/aac-encoder'),
    import('@mediabunny/mp3-encoder'),
  ]);
  registerAacEncoder();
  registerMp3Encoder();
  return media;
}

let loading: ReturnType<typeof loadEncoders> | undefined;
