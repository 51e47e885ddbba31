/** Listens to a WAV file: how long it plays, and the longest silence in it. */

import wavefile from 'wavefile';

/** Seconds, of a file with one channel. Rejects bytes that are no WAV file by an error of the reader. */
export function listenTo(bytes: Uint8Array): { readonly seconds: number; readonly longestSilenceSeconds: number } {
  const wav = new wavefile.WaveFile(bytes);
  const { sampleRate } = wav.fmt as { sampleRate: number };
  const samples = wav.getSamples(false, Int16Array) as unknown as Int16Array;
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = sample === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return { seconds: samples.length / sampleRate, longestSilenceSeconds: longest / sampleRate };
}
