/** The host is killed while a stream waits to be started again: housekeeping of the next one starts it, once. */
import { afterAll, beforeAll, expect } from 'vitest';
import { runTimer } from '../scenarios/recordings.ts';
import { eventually } from '../support/api.ts';
import { connectedCall, guest } from '../support/calls.ts';
import { type KillableApp, startKillableApp } from '../support/killable-app.ts';
import { startMediaServer } from '../support/media-server.ts';
import { ownHostOnly } from '../support/suited.ts';

const test = ownHostOnly('kills the host');

let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp();
});
afterAll(() => app.close());

test('a stream whose host is killed before its restart is started again by housekeeping, once', async () => {
  const server = await startMediaServer();
  const callId = await connectedCall(app.api, [guest], {
    mediaStreaming: {
      transportUrl: `ws://127.0.0.1:${server.port}/`,
      startMediaStreaming: true,
      restart: { attempts: 3, backoffSeconds: 5 },
    },
  });
  const becomes = (status: string) =>
    eventually(
      () => app.api('GET', `calls/${callId}`),
      ({ body }) => body.mediaStreaming?.status === status,
    );
  await becomes('active');
  await server.stop();
  await becomes('failed');
  await app.kill();
  const restored = await startMediaServer(server.port);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await app.start();
  await Promise.all([runTimer(app, 'housekeeping'), runTimer(app, 'housekeeping')]);
  await becomes('active');
  await runTimer(app, 'housekeeping');
  const { items } = (await app.api('GET', `calls/${callId}/timeline?limit=200`)).body;
  const starts = items.filter(
    ({ kind, operation }: { kind: string; operation?: string }) =>
      kind === 'sent' && operation === 'startMediaStreaming',
  );
  expect(starts).toHaveLength(1);
  await eventually(
    async () => restored.frames,
    ({ length }) => length > 0,
  );
  await restored.stop();
});
