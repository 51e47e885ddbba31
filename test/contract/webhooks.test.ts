/** The webhooks over HTTP: what is taken, what is refused, and that a secret never comes out. */
import { afterAll, beforeAll, expect } from 'vitest';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

const test = ownHostOnly('starts the app with hosts that may be notified, and without a secret');

let board: Switchboard;
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const webhook = { url: 'https://hooks.contoso.com/events', secret, eventTypes: ['CallConnected'] };

beforeAll(async () => {
  board = await published(
    await startSwitchboard({
      ...withoutTimers,
      NOTIFY_HOSTS: 'hooks.contoso.com *.fabrikam.com',
      NOTIFY_SECRET: '',
    }),
  );
});
afterAll(() => board.close());

test('a webhook is created with its defaults, replaced, read and deleted, and its secret never shows', async () => {
  const created = await board.api('PUT', 'webhooks/crm', webhook);
  const shown = { webhookId: 'crm', url: webhook.url, eventTypes: ['CallConnected'], enabled: true };
  expect(created).toMatchObject({ status: 200 });
  expect(created.body).toEqual(shown);
  expect((await board.api('GET', 'webhooks/crm')).body).toEqual(shown);
  expect((await board.api('GET', 'webhooks')).body).toEqual({ items: [shown] });
  const replaced = { url: 'https://a.fabrikam.com/', eventTypes: [], enabled: false };
  const { body } = await board.api('PUT', 'webhooks/crm', replaced);
  expect(body).toEqual({ webhookId: 'crm', ...replaced });
  expect((await board.api('GET', 'webhooks/crm/deliveries')).body).toEqual({ items: [] });
  expect((await board.api('DELETE', 'webhooks/crm')).status).toBe(204);
  for (const [method, path] of [
    ['GET', 'webhooks/crm'],
    ['DELETE', 'webhooks/crm'],
    ['GET', 'webhooks/crm/deliveries'],
  ] as const) {
    expect(problemIn(await board.api(method, path)).problem).toBe('404 webhookNotFound');
  }
});

test('a webhook that is new needs a secret, one that exists keeps its own', async () => {
  const { secret: _, ...rest } = webhook;
  expect(problemIn(await board.api('PUT', 'webhooks/new', rest)).fields).toEqual(['secret']);
  await board.api('PUT', 'webhooks/new', webhook);
  expect((await board.api('PUT', 'webhooks/new', rest)).status).toBe(200);
  expect(problemIn(await board.api('PUT', 'webhooks/new', { ...rest, secret: 'plain' })).fields).toEqual(['secret']);
  await board.api('DELETE', 'webhooks/new');
});

test.each([
  ['no fields', {}, ['eventTypes', 'secret', 'url']],
  ['no object', [], ['', 'eventTypes', 'secret', 'url']],
  ['an unknown field', { ...webhook, colour: 'red' }, ['colour']],
  [
    'an unknown event',
    { ...webhook, eventTypes: ['CallConnected', 'Microsoft.Communication.PlayFailed'] },
    ['eventTypes[1]'],
  ],
  [
    'everything wrong',
    { url: 7, secret: 7, eventTypes: 'all', enabled: 'yes' },
    ['enabled', 'eventTypes', 'secret', 'url'],
  ],
  ['a secret that is none', { ...webhook, secret: 'whsec_short' }, ['secret']],
  ['a host that is not allowed', { ...webhook, url: 'https://example.com/' }, ['url']],
  ['plain http', { ...webhook, url: 'http://hooks.contoso.com/' }, ['url']],
  ['a private address', { ...webhook, url: 'https://10.0.0.7/' }, ['url']],
  ['a password in the URL', { ...webhook, url: 'https://a:b@hooks.contoso.com/' }, ['url']],
  ['no URL', { ...webhook, url: 'hooks.contoso.com' }, ['url']],
])('a webhook with %s is refused, naming where', async (_, body, fields) => {
  const { problem, fields: named } = problemIn(await board.api('PUT', 'webhooks/bad', body));
  expect(problem).toBe('422 invalidInput');
  expect([...named].sort()).toEqual(fields);
  expect((await board.api('GET', 'webhooks/bad')).status).toBe(404);
});

test.each(['-a', 'a b', 'ä', 'x'.repeat(65), 'a%2Fb', 'notifyUrl'])('a webhook cannot be called %s', async (id) => {
  const path = `webhooks/${id.includes('%') ? id : encodeURIComponent(id)}`;
  expect(problemIn(await board.api('PUT', path, webhook)).fields).toEqual(['webhookId']);
  expect(problemIn(await board.api('PUT', path, {})).fields).toContain('url');
});

test('deliveries to the URLs of operations have a list of their own', async () => {
  expect((await board.api('GET', 'webhooks/notifyUrl/deliveries')).body).toEqual({ items: [] });
  expect(problemIn(await board.api('GET', 'webhooks/notifyUrl/deliveries?colour=red')).fields).toEqual(['colour']);
});

test('an operation names a URL only where the app can sign, and is refused with all its errors', async () => {
  const asked = { notifyUrl: 'https://hooks.contoso.com/', nonsense: 1 };
  const answer = await board.api('POST', 'calls', asked);
  expect([...problemIn(answer).fields].sort()).toEqual(['nonsense', 'notifyUrl', 'targets']);
  expect(JSON.stringify(answer.body)).toContain('NOTIFY_SECRET');
});

test('there are a hundred webhooks at most', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `w${index}`);
  await Promise.all(ids.map((id) => board.api('PUT', `webhooks/${id}`, webhook)));
  expect(problemIn(await board.api('PUT', 'webhooks/more', webhook)).problem).toBe('409 tooManyWebhooks');
  expect((await board.api('PUT', 'webhooks/w7', webhook)).status).toBe(200);
  const first = (await board.api('GET', 'webhooks?limit=60')).body;
  const second = (await board.api('GET', `webhooks?limit=60&cursor=${first.nextCursor}`)).body;
  expect(new Set([...first.items, ...second.items].map(({ webhookId }) => webhookId))).toEqual(new Set(ids));
  expect(JSON.stringify([first, second])).not.toContain(secret);
});
