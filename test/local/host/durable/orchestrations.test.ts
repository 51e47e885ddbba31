import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../support/api.ts';
import { LogRecorder } from '../support/log-recorder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type DurableHost, startDurable } from './support.ts';

const clock = new ManualClock('2026-01-01T00:00:00Z');
const log = new LogRecorder();
let durable: DurableHost;

beforeAll(async () => {
  const settings = { AzureFunctionsJobHost__extensions__durableTask__defaultVersion: '1.10' };
  durable = await startDurable({ clock, log: log.sink, settings });
});
afterAll(() => durable.host.close());

const raise: DurableHost['raise'] = (...event) => durable.raise(...event);
const laterIso = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
const output = async (id: string) => (await durable.ended(id)).output;

it('runs activities one after the other', async () => {
  const id = await durable.start('chain', ['Ann', 'Bob']);

  expect(await durable.ended(id)).toMatchObject({
    name: 'chain',
    instanceId: id,
    runtimeStatus: 'Completed',
    input: ['Ann', 'Bob'],
    output: ['Hello Ann', 'Hello Bob'],
    customStatus: null,
  });
});

it('runs activities side by side, and passes values of every kind', async () => {
  const inputs = [1, 'text', '"quoted"', { deep: [null] }, null, true, '', '123'];

  const id = await durable.start('fan', inputs);

  expect(await output(id)).toEqual(inputs);
});

it('logs a line when an orchestration starts and one when it ends, and none for its episodes', async () => {
  const id = await durable.start('chain', ['Ann', 'Bob']);
  await durable.ended(id);

  const lines = log.entries.filter(({ message, category }) => message.includes(id) && category === 'Host.Durable');
  expect(lines.map(({ message }) => message)).toEqual([
    `Orchestration 'chain' started (Instance='${id}')`,
    `Orchestration 'chain' ended (Completed) (Instance='${id}')`,
  ]);
  expect(
    log.entries.filter(({ functionName, category }) => functionName === 'chain' && category !== 'Host.Durable'),
  ).toEqual([]);
});

it('gives an orchestrator its version, its id and its parent', async () => {
  const { body } = await durable.api('POST', 'orchestrators/version?version=1.5');

  expect(await output(body.id)).toEqual(['1.5', body.id, null]);
});

it('wakes by an external event', async () => {
  const id = await durable.start('untilEvent');

  expect(await raise(id, 'go', { by: 'event' })).toBe(202);
  expect(await output(id)).toEqual({ by: 'event' });
});

it('wakes by a timer', async () => {
  const id = await durable.start('untilEvent');

  clock.advance(3_600_000);

  expect(await output(id)).toBe('too late');
});

it('waits for a timer of any length', async () => {
  const id = await durable.start('sleeps', 40);
  const due = laterIso(40 * 86_400_000);
  await clock.awaited(due);

  clock.advance(40 * 86_400_000);

  expect(await output(id)).toBe(due);
});

it('does not end while a timer is open that was not canceled, as in Azure', async () => {
  const id = await durable.start('leavesTimer');
  await raise(id, 'go');
  const before = (await durable.api('GET', `instances/${id}`)).body.runtimeStatus;

  clock.advance(3_600_000);

  expect(before).toBe('Running');
  expect(await output(id)).toBe('done');
});

it('goes on after a failure among several tasks once all of them have ended, as in Azure', async () => {
  const id = await durable.start('failsAmong');
  await durable.becomes(id, ({ customStatus }) => customStatus === 'caught');

  await raise(id, 'go');

  expect(await output(id)).toBe('went on');
});

it('keeps events that arrive before their wait, in order', async () => {
  const id = await durable.start('collects', 3);
  await raise(id, 'item', 1);
  await raise(id, 'item', 2);

  await raise(id, 'open');
  await raise(id, 'item', 3);

  expect(await output(id)).toEqual([1, 2, 3]);
});

it('shows the custom status while an instance runs and after', async () => {
  const id = await durable.start('reports');
  const first = (await durable.api('GET', `instances/${id}`)).body;
  await raise(id, 'go');
  const second = (await durable.api('GET', `instances/${id}`)).body;
  await raise(id, 'go');

  expect([first.customStatus, second.customStatus]).toEqual([{ step: 1 }, { step: 2 }]);
  expect(await durable.ended(id)).toMatchObject({ customStatus: { step: 2 }, output: 'done' });
});

it('retries an activity with growing delays until it succeeds', async () => {
  const id = await durable.start('retries', { failures: 2, maxAttempts: 3 });

  for (const delayMs of [1000, 2000]) {
    await clock.awaited(laterIso(delayMs));
    clock.advance(delayMs);
  }

  expect(await output(id)).toBe('succeeded at attempt 3');
});

it('fails after the last attempt, and the orchestrator continues', async () => {
  const id = await durable.start('retries', { failures: 9, maxAttempts: 2 });

  await clock.awaited(laterIso(1000));
  clock.advance(1000);

  expect(await output(id)).toMatch(/^retries exhausted: Activity function 'flaky' failed: attempt 2 failed/);
});

it('calls sub-orchestrations, which know their parent', async () => {
  const id = await durable.start('parent', undefined, 'the-parent');

  expect(await output(id)).toEqual([['Hello Sub'], ['1.10', 'the-parent-child', 'the-parent']]);
});

it('reports to the caller why a sub-orchestration failed', async () => {
  const id = await durable.start('callsThrower');

  expect(await output(id)).toMatch(/^Orchestrator function 'throws' failed: as asked/);
});

it('retries a sub-orchestration', async () => {
  const id = await durable.start('retriesSub');

  await clock.awaited(laterIso(1000));
  clock.advance(1000);

  expect(await output(id)).toBe('retries exhausted');
});

it('fails the call of a sub-orchestration whose id is taken', async () => {
  await durable.start('untilEvent', undefined, 'taken');

  const id = await durable.start('callsRunning', 'taken');

  expect(await output(id)).toMatch(/An orchestration instance with the id 'taken' is running already/);
  await raise('taken', 'go');
});

it('continues as new', async () => {
  const id = await durable.start('countsDown', { left: 3, got: [] });

  for (const [index, item] of ['a', 'b', 'c'].entries()) {
    await durable.becomes(id, ({ input }) => input.got.length === index);
    await raise(id, 'item', item);
  }

  expect(await output(id)).toEqual(['a', 'b', 'c']);
});

it('carries over events that come together with the one that makes it continue as new', async () => {
  const id = await durable.start('countsDown', { left: 3, got: [] });
  await durable.api('POST', `instances/${id}/suspend`);
  for (const item of ['a', 'b', 'c']) {
    await raise(id, 'item', item);
  }

  await durable.api('POST', `instances/${id}/resume`);

  expect(await output(id)).toEqual(['a', 'b', 'c']);
});

const failures: readonly [string, RegExp][] = [
  ['throws', /^Orchestrator function 'throws' failed: as asked/],
  ['callsMissing', /The function 'missing' doesn't exist, is disabled, or is not an activity function/],
  ['callsOddId', /"a\/b" is no instance id/],
  ['callsHttp', /serves activities, sub-orchestrations, timers and external events, not CallHttp/],
  ['callsEntity', /not CallEntity/],
  ['locks', /lock requires/],
];

it.each(failures)('fails an orchestration by name: %s', async (name, says) => {
  const id = await durable.start(name);

  const { runtimeStatus, output: reason } = await durable.ended(id);

  expect(runtimeStatus).toBe('Failed');
  expect(reason).toMatch(says);
  await log.matching(({ level, message }) => level === 'error' && message.includes(id));
});

it('fails an orchestration that waits again for a task it has waited for, which Azure would schedule twice', async () => {
  const id = await durable.start('reusesTask');

  await raise(id, 'go');

  expect(await output(id)).toMatch(/A task \(CreateTimer\) was given to Task\.all or Task\.any after/);
});

it('fails retries that run out of time, of which the library never hears', async () => {
  const id = await durable.start('retriesInTime');

  await clock.awaited(laterIso(1000));
  clock.advance(1000);

  expect(await output(id)).toMatch(/A retryTimeoutInMilliseconds ran out/);
});

it('fails an orchestration whose code has changed under it, and says what does not fit', async () => {
  const id = await durable.start('changes');
  await eventually(
    () => durable.api('GET', `instances/${id}?showHistory=true`),
    ({ body }) => body.historyEvents.some((event: { EventType: string }) => event.EventType === 'TaskCompleted'),
  );

  await raise(id, 'go');

  expect(await output(id)).toMatch(
    /not deterministic: its history has TaskScheduled echo as number 0, and now it asked for TaskScheduled greet there/,
  );
});
