/** The storage transactions of each operation, and of the events that it causes. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import {
  hasGracePeriod,
  transactionsOf,
  transactionsPerEvent,
  transactionsPerGracePeriod,
  transactionsPerIndexing,
  transactionsPerSlotChange,
} from '../../shared/operations/cost.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import { type Passed, type PassThrough, startProxy } from '../support/proxy.ts';
import { requestOf } from '../support/situations.ts';
import { isBehind, isOfIndex } from '../support/storage-cost.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { entriesSince, lastEntry, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('counts the requests of the app to storage, by a proxy between the two');

const all: readonly Operation[] = operations;
let board: Switchboard;
/** Between ACS and the app: passes on the events. */
let callbacks: PassThrough;
let requests: Map<string, () => Promise<unknown>>;

beforeAll(async () => {
  // Webhooks and limits are read at intervals: these reads are no part of the cost of an operation or an event.
  const settings = {
    ...withoutTimers,
    NOTIFY_CACHE_SECONDS: '3600',
    LIMITS_CACHE_SECONDS: '3600',
    RING_WINDOW_SECONDS: '300',
    PRESUMED_OUTCOME_GRACE_MS: String(graceMs),
  };
  callbacks = await startProxy(() => board.url);
  board = await startSwitchboard({ ...settings, PUBLIC_BASE_URL: callbacks.url });
  const prepared = all.map(async (operation) => [operation.name, await requestOf(board, operation)] as const);
  requests = new Map(await Promise.all(prepared));
  await passedUntilQuiet();
});
afterAll(() => Promise.all([board.close(), callbacks.close()]));
beforeEach(() => board.emulator.control.delete('faults'));

test.each(all)('$name costs the storage transactions that it states', async (operation) => {
  // The archive is no part of the operation: its file event is due after the test.
  await board.emulator.control.post('faults', { match: 'RecordingFileStatusUpdated', do: { delayEventMs: 60_000 } });
  const since = await lastEntry(board);
  const release = holdEvents();
  await requests.get(operation.name)?.();
  const asked = onPath(board.storage.take());
  release();
  expect(asked.length === transactionsOf(operation).usual ? [] : asked).toEqual([]);
  await eventually(
    () => callbacksSince(since),
    ({ raised, delivered }) =>
      raised.length === delivered.length &&
      (kindsOf(operation).length === 0 || delivered.some((event) => kindsOf(operation).includes(event))),
  );
  const passed = await passedUntilQuiet();
  const { delivered } = await callbacksSince(since);
  const forGrace = hasGracePeriod(operation) ? transactionsPerGracePeriod : 0;
  const most = transactionsPerEvent * delivered.length + forGrace;
  const forEvents = onPath(passed);
  expect(forEvents.length > most ? forEvents : []).toEqual([]);
  const behind = passed.filter(isBehind).length;
  expect(behind).toBeLessThanOrEqual(transactionsPerIndexing * (1 + delivered.length));
});

test('the index of a call is written with the call, and behind its changes of status', async () => {
  const callId = await connectedCall(board.api);
  const made = await passedUntilQuiet();
  const added = made.filter((one) => isOfIndex(one) && !isBehind(one));
  expect(added).toHaveLength(1);
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  const ended = (await passedUntilQuiet()).filter(isOfIndex);
  expect(ended.filter(isBehind)).toHaveLength(ended.length);
  expect(ended).toHaveLength(transactionsPerIndexing);
});

test('a counted limit costs its request and the end of its call what it states, and no other request anything', async () => {
  const ofLimits = (passed: readonly Passed[]) => passed.filter(({ path, body }) => /limits\(/.test(`${path}${body}`));
  const create = () => board.api('POST', 'calls', { targets: [guest], callerId }, { prefer: 'wait=20' });
  const free = (await create()).body.callId;
  await board.api('POST', `calls/${free}/hang-up`, {}, { prefer: 'wait=20' });
  expect(ofLimits(await passedUntilQuiet())).toEqual([]);
  await board.api('PUT', 'limits', { maxOpenCalls: 2000 });
  await passedUntilQuiet();
  const { callId } = (await create()).body;
  expect(ofLimits(await passedUntilQuiet())).toHaveLength(transactionsPerSlotChange);
  await board.api('POST', `calls/${callId}/participants`, { target: guest, callerId }, { prefer: 'wait=20' });
  expect(ofLimits(await passedUntilQuiet())).toEqual([]);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  expect(ofLimits(await passedUntilQuiet())).toHaveLength(transactionsPerSlotChange);
  await board.api('PUT', 'limits', {});
});

/** The requests that a client or an event waits for. */
function onPath(passed: readonly Passed[]): string[] {
  return passed.filter((one) => !isBehind(one)).map(({ method, path }) => `${method} ${path}`);
}

/** Delays every event to the app until the returned function is called. */
function holdEvents(): () => void {
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  callbacks.onPass = (_, moment) => (moment === 'request' ? isReleased : undefined);
  return release;
}

/** The requests to storage until there were none for a while. */
async function passedUntilQuiet(): Promise<Passed[]> {
  const all: Passed[] = [];
  for (let passed: Passed[] | undefined; passed?.length !== 0; ) {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    passed = board.storage.take();
    all.push(...passed);
  }
  return all;
}

const quietMs = 600;
/** Over before storage counts as quiet. */
const graceMs = 100;

function kindsOf({ settles }: Operation): string[] {
  return settles.by === 'event' ? [...settles.success] : [];
}

/** The kinds of the callbacks that ACS raised, and of those that were delivered to the app. */
async function callbacksSince(since: number): Promise<{ raised: string[]; delivered: string[] }> {
  const entries = (await entriesSince(board, since)).filter(({ url }) => url?.includes('/callbacks/'));
  const of = (wanted: string) => entries.filter(({ kind }) => kind === wanted).map(({ event = '' }) => event);
  return { raised: of('event'), delivered: of('delivery') };
}
