/** Rules and webhooks are replaced and deleted in the version that `If-Match` names: storage decides between writers. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Answer } from '../support/api.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with a host that may be notified, and cuts answers of storage');

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({
    ...withoutTimers,
    EVENT_LOG_DAYS: '7',
    AUDIT_DAYS: '7',
    NOTIFY_HOSTS: 'example.com',
  });
});
afterAll(() => board.close());

const rule = (priority: number) => ({ priority, enabled: false, action: { kind: 'leave' } });
const webhook = (host: string) => ({
  url: `https://example.com/${host}`,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  eventTypes: [],
  enabled: false,
});

const versioned = [
  { path: 'routing-rules/versioned', bodies: [1, 2, 3, 4].map(rule) },
  { path: 'webhooks/versioned', bodies: ['a', 'b', 'c', 'd'].map(webhook) },
];

test.each(versioned)(
  '$path is only replaced and deleted in the version that If-Match names',
  async ({ path, bodies }) => {
    const { api } = board;
    const [first, second, third] = bodies;
    const send = (method: string, body: unknown, etag: string) => api(method, path, body, { 'if-match': etag });
    expect(problemIn(await send('PUT', first, '"none"')).problem).toBe('412 preconditionFailed');
    expect(problemIn(await send('PUT', first, '*')).problem).toBe('412 preconditionFailed');
    const created = (await api('PUT', path, first)).headers.get('etag') ?? '';
    expect((await api('GET', path)).headers.get('etag')).toBe(created);

    const replaced = await send('PUT', second, created);
    expect(replaced.status).toBe(200);
    expect(problemIn(await send('PUT', third, created)).problem).toBe('412 preconditionFailed');
    expect(problemIn(await send('DELETE', undefined, created)).problem).toBe('412 preconditionFailed');
    expect((await api('GET', path)).body).toEqual(replaced.body);

    expect((await send('PUT', third, '*')).status).toBe(200);
    const { headers } = await api('GET', path);
    expect((await send('DELETE', undefined, headers.get('etag') ?? '')).status).toBe(204);
    expect(problemIn(await send('DELETE', undefined, '*')).problem).toBe('412 preconditionFailed');
  },
);

test.each(versioned)('of writers at once with the same version of $path one wins', async ({ path, bodies }) => {
  const { api } = board;
  for (let round = 0; round < 5; round += 1) {
    const etag = (await api('PUT', path, bodies[0])).headers.get('etag') ?? '';
    const writers = ['PUT', 'PUT', 'PUT', 'DELETE'].map((method, at) =>
      api(method, path, method === 'PUT' ? bodies[at + 1] : undefined, { 'if-match': etag }),
    );
    const statuses = (await Promise.all(writers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 412)).toHaveLength(3);
  }
});

test.each(versioned)('a write that comes before a deletion of $path is not lost to it', async ({ path, bodies }) => {
  const { api } = board;
  const etag = (await api('PUT', path, bodies[0])).headers.get('etag') ?? '';
  let written: Promise<Answer> | undefined;
  board.storage.onPass = async ({ method }, moment) => {
    if (method === 'DELETE' && moment === 'request' && !written) {
      written = api('PUT', path, bodies[1]);
      await written;
    }
  };
  const refused = await api('DELETE', path, undefined, { 'if-match': etag });
  board.storage.onPass = () => {};
  expect(written).toBeDefined();
  expect(problemIn(refused).problem).toBe('412 preconditionFailed');
  expect((await api('GET', path)).body).toEqual((await written)?.body);
});

test('a write whose acknowledgement was lost is not taken for that of another', async () => {
  for (const { path, bodies } of versioned) {
    const etag = (await board.api('PUT', path, bodies[0])).headers.get('etag') ?? '';
    let cut = 0;
    board.storage.onPass = ({ method }, moment) => {
      if (method === 'PUT' && moment === 'answer' && cut === 0) {
        cut += 1;
        throw new Error('cut');
      }
    };
    const answer = await board.api('PUT', path, bodies[1], { 'if-match': etag });
    board.storage.onPass = () => {};
    expect({ cut, status: answer.status, etag: answer.headers.get('etag') }).toEqual({
      cut: 1,
      status: 200,
      etag: (await board.api('GET', path)).headers.get('etag'),
    });
  }
});
