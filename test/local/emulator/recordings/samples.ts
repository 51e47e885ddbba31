/** The samples of a recorded WAV, as an audio library reads them. */

import type { CallAutomationClient } from '@azure/communication-call-automation';
import wavefile from 'wavefile';
import { fetched } from './recorder.ts';

/** Samples a second. */
export const RATE = 16_000;

/** The samples of each channel, and the format that the file says it has. */
export async function read(
  client: CallAutomationClient,
  location: string,
): Promise<{ channels: Float64Array[]; fmt: object }> {
  const file = new wavefile.WaveFile(await fetched(client, location));
  const { numChannels, sampleRate, bitsPerSample } = file.fmt as Record<string, number>;
  const samples = file.getSamples() as unknown as Float64Array | Float64Array[];
  return {
    channels: numChannels === 1 ? [samples as Float64Array] : (samples as Float64Array[]),
    fmt: { sampleRate, bitsPerSample },
  };
}

/** How strong a tone is between two times, 1 for the tone of one participant alone. */
export function strength(samples: Float64Array, hz: number, fromMs: number, untilMs: number): number {
  const part = samples.subarray(fromMs * (RATE / 1000), untilMs * (RATE / 1000));
  const angle = (index: number): number => (2 * Math.PI * hz * index) / RATE;
  const sine = part.reduce((sum, sample, index) => sum + sample * Math.sin(angle(index)), 0);
  const cosine = part.reduce((sum, sample, index) => sum + sample * Math.cos(angle(index)), 0);
  return (2 * Math.hypot(sine, cosine)) / part.length / 3000;
}

/** Whether there is nothing between two times. */
export const isSilent = (samples: Float64Array, fromMs: number, untilMs: number): boolean =>
  samples.subarray(fromMs * (RATE / 1000), untilMs * (RATE / 1000)).every((sample) => sample === 0);
