/** How much faster than real time a manual clock goes: while a call rings out, and while a call is streamed. */

import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { type Emulator, startEmulator } from '../local/emulator/index.ts';

const CALLEE = '+14255550111';
const NOWHERE = 'http://127.0.0.1:1/callbacks';

const cacheDirectory = await mkdtemp(join(tmpdir(), 'acs-emulator-bench-'));
const emulator = await startEmulator({
  http: 0,
  https: false,
  quiet: true,
  noAuth: true,
  clock: 'manual',
  cacheDirectory,
});
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
let frames = 0;
server.on('connection', (socket) => socket.on('message', () => frames++));

// The first call loads what later ones need.
await timed(emulator, 'noAnswer', 115);
console.table({
  'a call rings out (115 s)': await timed(emulator, 'noAnswer', 115),
  'a minute of audio streaming': await timed(emulator, 'answer', 60),
  'ten minutes of audio streaming': await timed(emulator, 'answer', 600),
});
console.log(`${frames} frames were received.`);
server.close();
await emulator.close();
await rm(cacheDirectory, { recursive: true });

/** Places a call that streams once it is answered, and turns the clock. */
async function timed({ url, control }: Emulator, onRing: 'answer' | 'noAnswer', seconds: number) {
  await control.post('reset');
  await control.put(`parties/${CALLEE}`, { onRing, afterMs: 0 });
  const { port } = server.address() as AddressInfo;
  await fetch(`${url}/calling/callConnections`, {
    method: 'POST',
    body: JSON.stringify({
      targets: [{ phoneNumber: { value: CALLEE } }],
      sourceCallerIdNumber: { value: '+14255550100' },
      callbackUri: NOWHERE,
      mediaStreamingOptions: {
        transportType: 'websocket',
        audioChannelType: 'mixed',
        transportUrl: `ws://127.0.0.1:${port}/`,
        startMediaStreaming: true,
      },
    }),
  });
  const startedAt = performance.now();
  await control.post('clock', { advanceMs: seconds * 1000 });
  const ms = performance.now() - startedAt;
  return { ms: Math.round(ms), 'times real time': Math.round((seconds * 1000) / ms) };
}
