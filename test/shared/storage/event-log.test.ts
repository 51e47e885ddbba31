/** The log of events over real storage, for what no request can bring about at a chosen moment. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { openEventLog } from '../../../shared/storage/event-log.ts';
import { type CloudEvent, relayed } from '../../../shared/webhooks/cloud-event.ts';
import { aPrefix } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };
const anEvent = (id: string = randomUUID(), callId: string = randomUUID()): CloudEvent =>
  relayed(callId, { id, at: '2026-01-01T00:00:00.000Z', type: 'Microsoft.Communication.PlayStarted', data: {} });
const some = (count: number) => Array.from({ length: count }, () => anEvent());

const idsIn = async (log: ReturnType<typeof openEventLog>, after = log.positionAt(undefined)) =>
  (await log.page(after, 200, undefined)).items.map(({ id }) => id);
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('events that are logged together keep their order, and those that are logged later follow them', async () => {
  const log = openEventLog(storage, aPrefix(), 0);
  const [first, second] = [some(120), some(3)];
  await log.append(first);
  await log.append(second);
  await log.append([]);
  await pause(2);
  expect(await idsIn(log)).toEqual([...first, ...second].map(({ id }) => id));
  const last = await log.positionOf(String(first.at(-1)?.id));
  expect(await idsIn(log, String(last))).toEqual(second.map(({ id }) => id));
});

test('an event that was logged is not logged again, and those beside it are', async () => {
  const log = openEventLog(storage, aPrefix(), 0);
  const [one, two, three] = some(3) as [CloudEvent, CloudEvent, CloudEvent];
  await log.append([two]);
  await log.append([two]);
  await log.append([one, two, three]);
  await pause(2);
  expect(await idsIn(log)).toEqual([two.id, one.id, three.id]);
});

test('an event of two calls is logged for each, and what follows its id starts after the first', async () => {
  const log = openEventLog(storage, aPrefix(), 0);
  const id = 'of both / calls';
  const [one, other, next] = [anEvent(id), anEvent(id), anEvent()];
  await log.append([one]);
  await pause(2);
  await log.append([other]);
  await pause(2);
  await log.append([next]);
  await pause(2);
  const { items } = await log.page(String(await log.positionOf(id)), 10, undefined);
  expect(items).toEqual([other, next]);
  expect(await log.positionOf('of both')).toBeUndefined();
});

test('an event is listed once it has settled, so that a slower writer cannot log one before it', async () => {
  const prefix = aPrefix();
  const [settling, settled] = [openEventLog(storage, prefix, 1), openEventLog(storage, prefix, 0)];
  const event = anEvent();
  await settling.append([event]);
  await pause(2);
  expect(await idsIn(settling)).toEqual([]);
  expect(await idsIn(settled)).toEqual([event.id]);
  await pause(1000);
  expect(await idsIn(settling)).toEqual([event.id]);
});

test('what is older than events are kept is removed, its id with it', async () => {
  const log = openEventLog(storage, aPrefix(), 0);
  const old = some(120);
  await log.append(old);
  await pause(2);
  await log.purge(later(-60_000));
  expect(await idsIn(log)).toHaveLength(120);
  const until = later(0);
  await pause(2);
  const kept = anEvent();
  await log.append([kept]);
  await pause(2);
  await log.purge(until);
  expect(await idsIn(log)).toEqual([kept.id]);
  expect(await log.positionOf(String(old[0]?.id))).toBeUndefined();
  expect(await log.positionOf(kept.id)).toBeDefined();
});
