/** A web server with audio files: `1500.wav` sounds for 1500 ms. It records the requests. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import wavefile from 'wavefile';

export interface AudioServer {
  /** The address of a file. */
  at(path: string): string;
  /** Puts a file there that is none of the usual ones. */
  put(path: string, file: Uint8Array | string): void;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  /** Clears the files and the recorded requests. */
  clear(): void;
  close(): Promise<void>;
}

/** A WAV file of silence; without options as ACS wants it. */
export function wave(ms: number, { channels = 1, bits = '16', samplesPerSecond = 16_000 } = {}): Uint8Array {
  const file = new wavefile.WaveFile();
  const silence = new Array<number>(Math.round((samplesPerSecond * ms) / 1000)).fill(0);
  file.fromScratch(channels, samplesPerSecond, bits, channels === 1 ? silence : new Array(channels).fill(silence));
  return file.toBuffer();
}

export async function startAudioServer(): Promise<AudioServer> {
  const asked: string[] = [];
  const files = new Map<string, Uint8Array | string>();
  const server = createServer(({ url = '' }, outgoing) => {
    const path = url.slice(1);
    asked.push(path);
    const [, ms] = /^(\d+)\.wav$/.exec(path) ?? [];
    const file = files.get(path) ?? (ms === undefined ? undefined : wave(Number(ms)));
    outgoing.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: (path) => `http://127.0.0.1:${port}/${path}`,
    put: (path, file) => void files.set(path, file),
    asked,
    clear() {
      asked.length = 0;
      files.clear();
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
