import { beforeEach, expect, inject, it, vi } from 'vitest';
import { startProxy } from '../../../support/proxy.ts';
import { storageUrl } from '../../../support/switchboard.ts';
import { newHub, spawnDurable } from './support.ts';

beforeEach(() => {
  vi.stubEnv('AzureWebJobsStorage', inject('storage'));
  vi.stubEnv('TASK_HUB', newHub());
});

/** Numbers from 0 to 1, the same ones for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const journeyCount = 30;
const legCount = 3;
const killCount = 4;

it('brings every orchestration to its end although the host is killed again and again', async () => {
  const random = seeded(20);
  const ids = Array.from({ length: journeyCount }, (_, number) => `journey-${number}`);
  let host = await spawnDurable();
  await Promise.all(ids.map((id) => host.start('journey', { left: legCount, seen: [] }, id)));

  for (let kill = 0; kill < killCount; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, random() * 400));
    await host.kill();
    host = await spawnDurable();
  }
  await Promise.all(ids.map((id) => host.becomes(id, ({ input }) => input.left === 0)));
  const receipts = await Promise.all(ids.map((id) => host.raise(id, 'arrive', id)));
  await host.kill();
  host = await spawnDurable();
  const statuses = await Promise.all(ids.map((id) => host.ended(id)));
  await host.stop();

  expect(new Set(receipts)).toEqual(new Set([202]));
  const legs = Array.from({ length: legCount }, (_, leg) => legCount - leg).flatMap((leg) => [
    `a${leg}`,
    `b${leg}`,
    `c${leg}`,
    `Hello ${leg}`,
  ]);
  for (const [number, { runtimeStatus, output }] of statuses.entries()) {
    expect(runtimeStatus).toBe('Completed');
    expect(output).toEqual([...legs, ids[number]]);
  }
}, 120_000);

it('reads at its start only what runs, and fires the timers that came due meanwhile', async () => {
  const tables = await startProxy(storageUrl('Table'));
  vi.stubEnv('AzureWebJobsStorage', inject('storage').replace(storageUrl('Table'), tables.url));
  const before = await spawnDurable();
  const ended = Array.from({ length: 12 }, (_, number) => `ended-${number}`);
  await Promise.all(ended.map((id) => before.start('chain', ['x'], id)));
  await Promise.all(ended.map((id) => before.ended(id)));
  await before.start('sleeps', 3 / 86_400, 'asleep');
  await before.stop();
  tables.take();

  const after = await spawnDurable();
  const requests = tables.take().filter(({ method }) => method === 'GET');
  await after.ended('asleep');
  await after.stop();
  await tables.close();

  expect(requests.map(({ path }) => path).filter((path) => path.includes('ended-'))).toEqual([]);
  // The index of what runs, and the one instance that does.
  expect(requests).toHaveLength(2);
}, 60_000);

it('keeps its state whole when two hosts serve one task hub', async () => {
  const hosts = [await spawnDurable(), await spawnDurable()] as const;
  const id = await hosts[0].start('collects', 10);
  await hosts[1].raise(id, 'open');

  for (let item = 0; item < 10; item += 1) {
    await hosts[item % 2 === 0 ? 0 : 1].raise(id, 'item', item);
  }

  const { output } = await hosts[1].ended(id);
  const late = await hosts[0].raise(id, 'item', 'late');
  await Promise.all(hosts.map((host) => host.stop()));
  expect(output).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(late).toBe(410);
}, 60_000);
