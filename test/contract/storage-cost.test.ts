/** The storage transactions of each operation, and of the events that it causes. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import {
  hasGracePeriod,
  transactionsOf,
  transactionsPerEvent,
  transactionsPerGracePeriod,
} from '../../shared/operations/cost.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { type PassThrough, startProxy } from '../support/proxy.ts';
import { requestOf } from '../support/situations.ts';
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
  // The list of webhooks is read at intervals, not for each event: that read is no part of the cost of an event.
  const settings = {
    ...withoutTimers,
    NOTIFY_CACHE_SECONDS: '3600',
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
  const asked = board.storage.take().map(({ method, path }) => `${method} ${path}`);
  release();
  expect(asked.length === transactionsOf(operation).usual ? [] : asked).toEqual([]);
  await eventually(
    () => callbacksSince(since),
    ({ raised, delivered }) =>
      raised.length === delivered.length &&
      (kindsOf(operation).length === 0 || delivered.some((event) => kindsOf(operation).includes(event))),
  );
  const forEvents = await passedUntilQuiet();
  const forGrace = hasGracePeriod(operation) ? transactionsPerGracePeriod : 0;
  const most = transactionsPerEvent * (await callbacksSince(since)).delivered.length + forGrace;
  expect(forEvents.length > most ? forEvents : []).toEqual([]);
});

/** Delays every event to the app until the returned function is called. */
function holdEvents(): () => void {
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  callbacks.onPass = (_, moment) => (moment === 'request' ? isReleased : undefined);
  return release;
}

/** The requests to storage until there were none for a while. */
async function passedUntilQuiet(): Promise<string[]> {
  const all: string[] = [];
  for (let passed = ['']; passed.length > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    passed = board.storage.take().map(({ method, path }) => `${method} ${path}`);
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
