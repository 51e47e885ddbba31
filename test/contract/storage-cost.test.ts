/** What each operation costs in storage transactions, and what the events that it brings about cost. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { transactionsOf, transactionsPerEvent } from '../../shared/operations/cost.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { entriesSince, lastEntry, withoutTimers } from '../scenarios/wire.ts';
import { eventually } from '../support/api.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { requestOf } from './situations.ts';

const all: readonly Operation[] = operations;
let board: Switchboard;
let requests: Map<string, () => Promise<unknown>>;

beforeAll(async () => {
  // The list of webhooks is read once in a while, not for each event: that read is no part of what an event costs.
  board = await startSwitchboard({ ...withoutTimers, NOTIFY_CACHE_SECONDS: '3600', RING_WINDOW_SECONDS: '300' });
  const prepared = all.map(async (operation) => [operation.name, await requestOf(board, operation)] as const);
  requests = new Map(await Promise.all(prepared));
  await passedUntilQuiet();
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

test.each(all)('$name costs the storage transactions that it states', async (operation) => {
  const others = [
    'ParticipantsUpdated',
    'CallConnected',
    'CallDisconnected',
    'PlayStarted',
    'RecordingStateChanged',
    'AddParticipantFailed',
  ];
  for (const match of new Set([...others, ...kindsOf(operation)])) {
    await board.emulator.control.post('faults', { match, do: { delayEventMs: 400 } });
  }
  // The archive is no part of the operation: its file comes when the test is over.
  await board.emulator.control.post('faults', { match: 'RecordingFileStatusUpdated', do: { delayEventMs: 60_000 } });
  const since = await lastEntry(board);
  await requests.get(operation.name)?.();
  const asked = board.storage.take().map(({ method, path }) => `${method} ${path}`);
  expect(asked.length === transactionsOf(operation).usual ? [] : asked).toEqual([]);
  await eventually(
    () => deliveriesSince(since),
    (events) => kindsOf(operation).length === 0 || events.some((event) => kindsOf(operation).includes(event)),
  );
  const forEvents = await passedUntilQuiet();
  const most = transactionsPerEvent * (await deliveriesSince(since)).length;
  expect(forEvents.length > most ? forEvents : []).toEqual([]);
});

/** What storage was asked until it was asked nothing for a while. */
async function passedUntilQuiet(): Promise<string[]> {
  const all: string[] = [];
  for (let passed = ['']; passed.length > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    passed = board.storage.take().map(({ method, path }) => `${method} ${path}`);
    all.push(...passed);
  }
  return all;
}

/** Longer than the delay of events. */
const quietMs = 600;

function kindsOf({ settles }: Operation): string[] {
  return settles.by === 'event' ? [...settles.success] : [];
}

/** The kinds of the callbacks that were delivered to the app. */
async function deliveriesSince(since: number): Promise<string[]> {
  const entries = await entriesSince(board, since);
  return entries
    .filter(({ kind, url }) => kind === 'delivery' && url?.includes('/callbacks/'))
    .map(({ event = '' }) => event);
}
