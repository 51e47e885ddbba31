import { beforeEach, expect, inject, it, vi } from 'vitest';
import { startProxy } from '../../../support/proxy.ts';
import { storageUrl } from '../../../support/switchboard.ts';
import { newHub, spawnDurable } from './support.ts';

/** Tests that kill the host again and again cannot wait for the minute that is the shortest in Azure. */
const visibility = 'EMBEDDED_HOST_VISIBILITY_SECONDS';

beforeEach(() => {
  vi.stubEnv(visibility, '1');
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
});

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
});

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
});

it('leaves work alone that was in flight when the host was killed until its message would be visible, and nothing else', async () => {
  // Longer than a busy machine needs to start the second host.
  const hiddenMs = 30_000;
  vi.stubEnv(visibility, String(hiddenMs / 1000));
  const before = await spawnDurable();
  const startedAt = Date.now();
  await before.start('takesLong', 3000, 'in-flight');
  await before.start('callsLong', 3000, 'calls');
  await before.start('sleeps', 2 / 86_400, 'asleep');
  await before.start('untilEvent', undefined, 'waits');
  await before.kill();

  const after = await spawnDurable();
  await after.raise('waits', 'go', 'on');
  await Promise.all([after.ended('asleep'), after.ended('waits')]);
  const wentOnAt = Date.now();
  const statuses = await Promise.all(['in-flight', 'calls'].map((id) => after.ended(id)));
  await after.stop();

  for (const { runtimeStatus, output: startedAgainAt } of statuses) {
    expect(runtimeStatus).toBe('Completed');
    expect(startedAgainAt - startedAt).toBeGreaterThanOrEqual(hiddenMs);
    expect(startedAgainAt).toBeGreaterThan(wentOnAt);
  }
});

it('continues at once with work that was not started when the host stopped in good order', async () => {
  vi.stubEnv(visibility, '3600');
  vi.stubEnv('AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', '1');
  const before = await spawnDurable();
  const ids = ['first', 'second', 'third'];
  await Promise.all(ids.map((id) => before.start('takesLong', 1000, id)));
  await before.stop();

  const after = await spawnDurable();
  const statuses = await Promise.all(ids.map((id) => after.ended(id)));
  await after.stop();

  expect(statuses.map(({ runtimeStatus }) => runtimeStatus)).toEqual(ids.map(() => 'Completed'));
});
