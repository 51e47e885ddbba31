import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiAt } from '../../../support/api.ts';
import { type DurableHost, startDurable } from './support.ts';

let durable: DurableHost;

beforeAll(async () => {
  durable = await startDurable();
});
afterAll(() => durable.host.close());

const api: DurableHost['api'] = (...request) => durable.api(...request);
const status = async (id: string, query = '') => (await api('GET', `instances/${id}${query}`)).body;

/** Calls the library's client inside a function of the app. */
async function client(method: string, ...args: unknown[]) {
  const { body } = await apiAt(`${durable.host.url}/api`)('POST', `client/${method}`, args);
  return body;
}

it('answers a start with the URLs of the instance', async () => {
  const { status: code, headers, body } = await api('POST', 'orchestrators/untilEvent/with%20space');

  expect(code).toBe(202);
  expect(body.id).toBe('with space');
  expect(headers.get('location')).toBe(body.statusQueryGetUri);
  expect(await (await fetch(body.statusQueryGetUri)).json()).toMatchObject({ instanceId: 'with space' });
  const terminated = await fetch(body.terminatePostUri.replace('{text}', 'enough'), { method: 'POST' });
  expect(terminated.status).toBe(202);
  expect(await durable.ended('with space')).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
});

it('answers 202 with the address to poll while an instance runs, and 200 when it has ended', async () => {
  const id = await durable.start('untilEvent');

  const running = await api('GET', `instances/${id}`);
  await durable.raise(id, 'go');
  await durable.ended(id);

  expect(running.status).toBe(202);
  expect(running.headers.get('retry-after')).toBe('5');
  expect(running.headers.get('location')).toContain(`/instances/${id}`);
});

it('holds an instance while it is suspended, and lets it go on with what came meanwhile', async () => {
  const id = await durable.start('untilEvent');

  const suspended = await api('POST', `instances/${id}/suspend?reason=lunch`);
  await durable.raise(id, 'go', 'payload');
  const held = await status(id);
  const resumed = await api('POST', `instances/${id}/resume?reason=back`);

  expect([suspended.status, resumed.status]).toEqual([202, 202]);
  expect(held.runtimeStatus).toBe('Suspended');
  expect(await durable.ended(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'payload' });
});

it('ends a suspended instance when it is terminated', async () => {
  const id = await durable.start('untilEvent');
  await api('POST', `instances/${id}/suspend`);

  await api('POST', `instances/${id}/terminate?reason=over`);

  expect(await durable.ended(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'over' });
});

it('drops an event that was not awaited when an instance continues as new, as Azure does', async () => {
  const id = await durable.start('journey', { left: 1, seen: [] });
  await durable.raise(id, 'arrive', 'first');

  await durable.becomes(id, ({ input }) => input.left === 0);
  await durable.raise(id, 'arrive', 'late');

  expect((await durable.ended(id)).output).toEqual(['a1', 'b1', 'c1', 'Hello 1', 'late']);
});

it('lists instances by status, time and prefix, in pages', async () => {
  const [a, b, c] = ['list-a', 'list-b', 'list-c'];
  const before = new Date().toISOString();
  await durable.start('chain', ['A'], a);
  await durable.start('untilEvent', 1, b);
  await durable.start('chain', ['C'], c);
  await Promise.all([durable.ended(a), durable.ended(c)]);
  const ids = async (query: string) =>
    (await api('GET', `instances?${query}`)).body.map((one: { instanceId: string }) => one.instanceId);

  expect(await ids('instanceIdPrefix=list-')).toEqual([a, b, c]);
  expect(await ids('instanceIdPrefix=list-&runtimeStatus=Running,Suspended')).toEqual([b]);
  expect(await ids('instanceIdPrefix=list-&runtimeStatus=Completed&runtimeStatus=Failed')).toEqual([a, c]);
  expect(await ids(`createdTimeFrom=${before}`)).toEqual([a, b, c]);
  expect(await ids(`createdTimeFrom=${before}&createdTimeTo=${before}&instanceIdPrefix=list-b`)).toEqual([]);
  const first = await api('GET', 'instances?instanceIdPrefix=list-&top=2');
  const token = String(first.headers.get('x-ms-continuation-token'));
  const second = await api('GET', 'instances?instanceIdPrefix=list-&top=2', undefined, {
    'x-ms-continuation-token': token,
  });
  expect([...first.body, ...second.body].map(({ instanceId }) => instanceId)).toEqual([a, b, c]);
  expect(second.headers.get('x-ms-continuation-token')).toBeNull();
  expect(first.body[0]).toMatchObject({ name: 'chain', runtimeStatus: 'Completed', input: ['A'], output: ['Hello A'] });
});

it('restarts an instance with its input, under a new id or its own', async () => {
  const id = await durable.start('chain', ['Ann']);
  await durable.ended(id);

  const anew = await api('POST', `instances/${id}/restart`);
  const again = await api('POST', `instances/${id}/restart?restartWithNewInstanceId=false`);

  expect(anew.body.id).not.toBe(id);
  expect(again.body.id).toBe(id);
  expect((await durable.ended(anew.body.id)).output).toEqual(['Hello Ann']);
  expect((await durable.ended(id)).output).toEqual(['Hello Ann']);
});

it.each([
  ['that is too long', 'x'.repeat(257)],
  ['with a number sign', 'a%23'],
  ['that starts like an entity', '@a'],
])('refuses an id %s', async (_, id) => {
  const refused = await api('POST', `orchestrators/chain/${id}`, '[]');

  expect([refused.status, refused.body.Message]).toEqual([400, expect.stringContaining('instance id')]);
});

it('serves every call of the library client', async () => {
  const id = 'by-client';
  const from = new Date().toISOString();
  expect(await client('startNew', 'untilEvent', { instanceId: id, input: { a: 1 } })).toEqual({
    answer: id,
  });
  expect((await client('startNew', 'untilEvent', { instanceId: id })).error).toMatch(/409.*Running already exists/);
  expect((await client('getStatus', id, { showInput: true })).answer).toMatchObject({
    runtimeStatus: 'Running',
    input: { a: 1 },
  });
  expect((await client('getStatus', 'missing')).error).toMatch(/404/);
  expect(await client('suspend', id, 'why not')).toEqual({ answer: null });
  expect((await client('getStatus', id)).answer.runtimeStatus).toBe('Suspended');
  expect(await client('resume', id, 'go on')).toEqual({ answer: null });
  expect(await client('raiseEvent', id, 'go', { ended: true })).toEqual({ answer: null });
  expect((await durable.ended(id)).output).toEqual({ ended: true });
  expect(await client('raiseEvent', id, 'go', 'late')).toEqual({ answer: null });
  expect((await client('raiseEvent', 'missing', 'go')).error).toMatch(/No instance with ID 'missing'/);
  expect(await client('terminate', id, 'late')).toEqual({ answer: null });
  expect((await client('getStatusAll')).answer.map((one: { instanceId: string }) => one.instanceId)).toContain(id);
  expect((await client('getStatusBy', { createdTimeFrom: from, runtimeStatus: ['Completed'] })).answer).toHaveLength(1);
  expect((await client('rewind', id, 'no')).error).toMatch(/only orchestrations in the "Failed" state can be rewound/);
  expect((await client('readEntityState', { name: 'counter', key: 'a' })).answer).toMatchObject({
    entityExists: false,
  });
  expect(await client('purgeInstanceHistoryBy', { createdTimeFrom: from, runtimeStatus: ['Completed'] })).toEqual({
    answer: { instancesDeleted: 1 },
  });
  expect(await client('purgeInstanceHistory', id)).toEqual({ answer: { instancesDeleted: 0 } });
  expect((await client('createHttpManagementPayload', id)).answer.statusQueryGetUri).toContain(`/instances/${id}?`);
});

it('takes no body that is not JSON by its type, which a page of any site could send', async () => {
  const id = await durable.start('untilEvent');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', '']) {
    for (const path of [
      `instances/${id}/terminate`,
      `instances/${id}/raiseEvent/go`,
      'orchestrators/untilEvent/other',
    ]) {
      const { status: code } = await api('POST', path, '"x"', { 'content-type': type });
      expect([path, type, code]).toEqual([path, type, 415]);
    }
  }
  expect(await status(id)).toMatchObject({ runtimeStatus: 'Running' });
  expect((await api('GET', 'instances/other')).status).toBe(404);
  expect((await api('POST', `instances/${id}/terminate`)).status).toBe(202);
});
