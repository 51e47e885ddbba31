import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiAt } from '../../../support/api.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type DurableHost, startDurable } from './support.ts';

const clock = new ManualClock('2026-01-01T00:00:00Z');
let durable: DurableHost;

beforeAll(async () => {
  durable = await startDurable({ clock });
});
afterAll(() => durable.host.close());

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
  const inputs = [1, 'text', '"quoted"', { deep: [null] }, null, true, ''];

  const id = await durable.start('fan', inputs);

  expect((await durable.ended(id)).output).toEqual(inputs);
});

it('is started by the client that a function is given', async () => {
  const { body } = await apiAt(`${durable.host.url}/api`)('POST', 'client/chain', ['Cleo']);

  expect((await durable.ended(body.id)).output).toEqual(['Hello Cleo']);
});

it('wakes by an external event', async () => {
  const id = await durable.start('untilEvent');

  const { status } = await durable.api('POST', `instances/${id}/raiseEvent/go`, { by: 'event' });

  expect(status).toBe(202);
  expect((await durable.ended(id)).output).toEqual({ by: 'event' });
});

it('wakes by a timer', async () => {
  const id = await durable.start('untilEvent');

  clock.advance(3_600_000);

  expect((await durable.ended(id)).output).toBe('too late');
});

it('refuses a second instance under the id of one that runs, and lets one follow that has ended', async () => {
  await durable.start('untilEvent', undefined, 'only');

  const second = await durable.api('POST', 'orchestrators/untilEvent/only');
  await durable.api('POST', 'instances/only/raiseEvent/go', 1);
  await durable.ended('only');
  await durable.start('chain', ['Dan'], 'only');

  expect(second).toMatchObject({ status: 409, body: expect.stringContaining('Running already exists') });
  expect((await durable.ended('only')).output).toEqual(['Hello Dan']);
});
