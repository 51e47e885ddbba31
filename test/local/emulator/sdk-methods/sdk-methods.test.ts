/** Every networked method of the SDK against the emulator: success, each documented failure, and the events that follow. */

import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CALLBACK_KINDS, GRID_KINDS } from '../../../../local/emulator/event-kinds.ts';
import { parseEvent } from '../../../../shared/acs/wire/parse-event.ts';
import { newCallRecord } from '../../../../shared/calls/call.ts';
import { applyEvent, transitions } from '../../../../shared/calls/transitions.ts';
import { startAudioServer } from '../audio-server.ts';
import { type Receiver, startReceiver } from '../receiver.ts';
import { type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from '../streaming/stream-server.ts';
import { clientMethods } from './client-methods.ts';
import { connectionMethods } from './connection-methods.ts';
import { createMethods } from './create-methods.ts';
import { faultedMethods } from './faulted-methods.ts';
import { networkedMethods, operationCallbacks, restOperations } from './method.ts';
import { playMethods } from './play-methods.ts';
import { recognizeMethods } from './recognize-methods.ts';
import { recordingFileMethods } from './recording-file-methods.ts';
import { recordingMethods } from './recording-methods.ts';
import { obstacles, thrown } from './refusals.ts';
import type { Expected, Row, Scene, World } from './row.ts';
import { clear, setScene, subscribe } from './scene.ts';
import { streamMethods } from './stream-methods.ts';
import { toneMethods } from './tone-methods.ts';
import { transferMethods } from './transfer-methods.ts';

const rows = [
  ...createMethods,
  ...clientMethods,
  ...connectionMethods,
  ...transferMethods,
  ...playMethods,
  ...recognizeMethods,
  ...toneMethods,
  ...streamMethods,
  ...recordingMethods,
  ...recordingFileMethods,
  ...faultedMethods,
];

let world: World;
let stage: Stage;
let grid: Receiver;
let streams: StreamServer;
const sent = new Set<string>();

beforeAll(async () => {
  stage = await setStage();
  grid = await startReceiver();
  streams = await startStreamServer();
  world = { stage, grid, audio: await startAudioServer(), socket: streams.url };
  await subscribe(world);
});
beforeEach(() => clear(world));
afterEach(() => {
  for (const { kind, event } of stage.app.arrivals) {
    expectReadable(kind, event);
    sent.add(kind);
  }
  for (const { kind } of grid.arrivals) {
    sent.add(kind);
  }
});
afterAll(() => Promise.all([stage.close(), grid.close(), streams.close(), world.audio.close()]));

/** The SDK's parser takes the event, and so does the app, which leaves it as it is and to which it says the same twice as once. */
function expectReadable(kind: string, element: unknown): void {
  const before = structuredClone(element);
  // The SDK's parser writes into what it is given.
  expect(parseCallAutomationEvent(structuredClone(element) as never)).toMatchObject({ kind });
  const parsed = parseEvent(element);
  if (!('event' in parsed) || !parsed.event) {
    throw new Error(`the app cannot read this ${kind}: ${JSON.stringify(parsed)}`);
  }
  expect(element).toEqual(before);
  const call = newCallRecord({
    salt: 'salt',
    callId: 'call',
    direction: 'outbound',
    createdAt: '2026-01-01T00:00:00Z',
  });
  const once = applyEvent(call, parsed.event);
  expect(applyEvent(once, parsed.event)).toEqual(once);
}

function expectEvents({ arrivals, kinds }: Receiver, expected: readonly Expected[]): void {
  expect(kinds()).toEqual(expected.map(([kind]) => kind));
  for (const [index, [, says = {}]] of expected.entries()) {
    expect(arrivals[index]?.event.data).toMatchObject(says);
  }
}

/** What follows an answer, until everything has been delivered. */
async function happen({ meanwhile, afterMs = 0 }: Row, scene: Scene): Promise<void> {
  await stage.advance(0);
  await meanwhile?.(scene);
  await stage.advance(afterMs);
}

test.for(rows)('$method $title', async (row) => {
  const { scene, given } = await setScene(world, row);
  const call = row.call(scene, given);
  if (row.refused) {
    await expect(call).rejects.toMatchObject(row.refused);
  } else if (row.answer === undefined) {
    await call;
  } else {
    expect(await call).toMatchObject(row.answer);
  }
  await happen(row, scene);
  expectEvents(stage.app, row.events ?? []);
  if (row.grid) {
    expectEvents(grid, row.grid);
  }
});

/** The first row of each method, which succeeds. */
const successes = [...new Map([...rows].reverse().map((row) => [row.method, row])).values()].reverse();

test.for(successes)('$method is refused when something stands in its way, and then nothing happens', async (row) => {
  const { scene, given } = await setScene(world, row);
  for (const { title, refusal, place } of obstacles.filter(({ hinders }) => hinders(row.method))) {
    const call = row.call(await place(scene, row.method), given);
    await expect(call, title).rejects.toMatchObject(thrown(row.method, refusal));
    await stage.advance(0);
    expectEvents(stage.app, []);
  }
});

test.for(successes.filter(({ method }) => operationCallbacks.includes(method)))(
  '$method sends the events of its operation where the request says, and no others',
  async (row) => {
    const { scene, given } = await setScene(world, row);
    const elsewhere = `${stage.app.url}/elsewhere`;
    await row.call({ ...scene, options: { ...scene.options, operationCallbackUrl: elsewhere } }, given);
    await happen(row, scene);
    const callback = new URL(stage.callback);
    const paths = stage.app.arrivals.map(({ event, path }) => ({
      path,
      isOwn: event.data.operationContext === 'mine',
    }));
    expect(paths.filter(({ isOwn }) => isOwn)).not.toEqual([]);
    for (const { path, isOwn } of paths) {
      expect(path).toBe(isOwn ? '/elsewhere' : `${callback.pathname}${callback.search}`);
    }
  },
);

test('the table has every networked method of the SDK, and the first row of each succeeds', () => {
  const named = Object.keys(restOperations).sort();
  expect(networkedMethods().sort()).toEqual(named);
  expect(named).toHaveLength(39);
  expect([...new Set(rows.map(({ method }) => method))].sort()).toEqual(named);
  const fails = ({ refused, events: [first] = [] }: Row) => refused !== undefined || /Failed$/.test(first?.[0] ?? '');
  expect(successes.filter(fails)).toEqual([]);
});

test('the rows have sent every event that the SDK knows, and every one of Event Grid', () => {
  expect([...CALLBACK_KINDS].sort()).toEqual(Object.keys(transitions).sort());
  expect([...sent].sort()).toEqual([...CALLBACK_KINDS, ...GRID_KINDS].sort());
});
