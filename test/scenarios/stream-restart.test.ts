/** A WebSocket server that fails during a call: what the call shows, and how its stream is started again. */
import { afterAll, beforeAll, expect } from 'vitest';
import { openAcs } from '../../shared/acs/client/client.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runCallHousekeeping } from '../../shared/ledger/upkeep/housekeeping.ts';
import { createLog } from '../../shared/log.ts';
import { aLedger, aPrefix } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { startMediaServer } from '../support/media-server.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, lastEntry, timesDone, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app without the timers of housekeeping');

let board: Switchboard;

const prefix = aPrefix();
/** A second instance, whose clock is ahead of any restart. */
let ahead: Ledger;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, TABLE_PREFIX: prefix });
  const acs = openAcs({ connectionString: board.emulator.connectionString, isLocal: true }, 1);
  ahead = aLedger({ acs, now: () => new Date(Date.now() + 120_000).toISOString() }, prefix);
});
afterAll(() => board.close());

const callOf = async (callId: string) => (await board.api('GET', `calls/${callId}`)).body;

/** The restarts of a call's stream in its timeline, one for each id. */
async function restartsIn(callId: string): Promise<string[]> {
  const { items } = (await board.api('GET', `calls/${callId}/timeline?limit=200`)).body;
  const requested = items.filter(
    (one: { kind: string; operation?: string }) => one.kind === 'requested' && one.operation?.startsWith('start'),
  );
  return requested.map(({ operationId }: { operationId: string }) => operationId);
}

const streams = {
  mediaStreaming: { start: { startMediaStreaming: true }, operation: 'startMediaStreaming' },
  transcription: { start: { startTranscription: true, locale: 'en-US' }, operation: 'startTranscription' },
} as const;

const names = Object.keys(streams) as (keyof typeof streams)[];

/** A call that streams to a server, with the policy; its id. */
const streamingCall = (name: keyof typeof streams, port: number, restart?: object) =>
  connectedCall(board.api, [guest], {
    [name]: {
      transportUrl: `ws://127.0.0.1:${port}/live?key=secret`,
      ...streams[name].start,
      ...(restart && { restart }),
    },
  });

const becomes = (name: string, callId: string, status: string) =>
  eventually(
    () => callOf(callId),
    (call) => call[name]?.status === status,
  );

test.each(names)(
  '%s fails with its server, is failed on the call at once, is started again, and frames flow',
  async (name) => {
    const first = await startMediaServer();
    const callId = await streamingCall(name, first.port, { attempts: 5, backoffSeconds: 1 });
    const active = await becomes(name, callId, 'active');
    expect(active[name]).toEqual({
      status: 'active',
      transportUrl: `127.0.0.1:${first.port}`,
      since: expect.any(String),
    });
    await first.stop();
    const failed = await becomes(name, callId, 'failed');
    expect(failed[name]).toEqual({
      status: 'failed',
      transportUrl: `127.0.0.1:${first.port}`,
      since: expect.any(String),
      reason: expect.stringMatching(/^streamConnectionInterrupted$|^initialWebSocketConnectionFailed$/),
      acsCode: expect.any(Number),
      acsSubCode: expect.any(Number),
      acsMessage: expect.any(String),
    });
    const second = await startMediaServer(first.port);
    await becomes(name, callId, 'active');
    await eventually(
      async () => second.frames,
      (frames) => frames.length > 0,
    );
    const restarts = await restartsIn(callId);
    expect(restarts.length).toBeGreaterThan(0);
    expect(new Set(restarts).size).toBe(restarts.length);
    await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
    expect((await callOf(callId))[name]).toMatchObject({ status: 'stopped' });
    await second.stop();
  },
);

test('a stream is started again as often as asked and no more, also when ACS refuses', async () => {
  const server = await startMediaServer();
  const callId = await streamingCall('mediaStreaming', server.port, { attempts: 2, backoffSeconds: 1 });
  await becomes('mediaStreaming', callId, 'active');
  const since = await lastEntry(board);
  await fault(board, 'startMediaStreaming', { status: 400 });
  await server.stop();
  await eventually(
    () => restartsIn(callId),
    (restarts) => restarts.length === 2,
  );
  await board.emulator.control.delete('faults');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await restartsIn(callId)).toHaveLength(2);
  expect(await timesDone(board, 'startMediaStreaming', since)).toBeLessThanOrEqual(1);
  expect((await callOf(callId)).mediaStreaming).toMatchObject({ status: 'failed' });
});

test('a restart whose timer is lost is made by housekeeping, once, in its next run when storage fails', async () => {
  const first = await startMediaServer();
  const callId = await streamingCall('mediaStreaming', first.port, { attempts: 1, backoffSeconds: 60 });
  await becomes('mediaStreaming', callId, 'active');
  await first.stop();
  await becomes('mediaStreaming', callId, 'failed');
  const second = await startMediaServer(first.port);
  const logged: string[] = [];
  const log = createLog((_, message) => void logged.push(message));
  const claim = () => Promise.reject(new Error('storage fails'));
  await runCallHousekeeping({ ...ahead, log, calls: { ...ahead.calls, claim } }, false);
  expect(logged).toContain('Stream could not be started again in time; housekeeping tries it');
  expect(await restartsIn(callId)).toEqual([]);
  for (const _ of ['next', 'another']) {
    await runCallHousekeeping(ahead, false);
  }
  await becomes('mediaStreaming', callId, 'active');
  expect(await restartsIn(callId)).toHaveLength(1);
  await second.stop();
});

test('a stream without a policy, and one that a caller stops while it is down, stay as they are', async () => {
  const server = await startMediaServer();
  const plain = await streamingCall('mediaStreaming', server.port);
  const stopped = await streamingCall('mediaStreaming', server.port, { attempts: 3, backoffSeconds: 2 });
  await Promise.all([plain, stopped].map((callId) => becomes('mediaStreaming', callId, 'active')));
  await server.stop();
  await Promise.all([plain, stopped].map((callId) => becomes('mediaStreaming', callId, 'failed')));
  await board.api('POST', `calls/${stopped}/media/streaming/stop`, {});
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await restartsIn(plain)).toEqual([]);
  expect(await restartsIn(stopped)).toEqual([]);
});

test.each([
  { attempts: 0, backoffSeconds: 1 },
  { attempts: 1 },
  { attempts: 11, backoffSeconds: 1 },
  { attempts: 1, backoffSeconds: 61 },
  { attempts: 1, backoffSeconds: 1, forever: true },
])('the policy %j is refused', async (restart) => {
  const mediaStreaming = { transportUrl: 'wss://media.contoso.com/', restart };
  const answer = await board.api('POST', 'calls', { targets: [guest], callerId, mediaStreaming });
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalidInput' } });
});
