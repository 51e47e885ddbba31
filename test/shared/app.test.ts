/** Two apps in one process: each has its own settings, storage and queues. */
import { randomUUID } from 'node:crypto';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, inject, test } from 'vitest';
import { type App, createApp } from '../../shared/app.ts';
import { readConfig } from '../../shared/config.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { type Answer, httpHandler } from '../../shared/http/handler.ts';
import { openView } from '../../shared/http/masking/view.ts';
import { routingRuleSchema } from '../../shared/routing/rule.ts';
import { localSettings } from '../support/local-settings.ts';

function anApp(settings: Readonly<Record<string, string>>): App {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  return createApp(
    readConfig({ ...localSettings, AzureWebJobsStorage: inject('storage'), TABLE_PREFIX: prefix, ...settings }),
  );
}

const json = (body: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(body) });

/** The body of the answer to a request, as the app's HTTP trigger gives it. */
async function ask(app: App, answer: Answer): Promise<unknown> {
  const request = new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api/x' });
  const response = await httpHandler(app, answer)(request, new InvocationContext());
  return JSON.parse(String(response && 'body' in response && response.body));
}

const rules: Answer = async ({ routing }) => json(await routing.rules.all());

test('what one app stores, another does not see', async () => {
  const [one, other] = [anApp({}), anApp({})];
  const rule = routingRuleSchema.parse({ ruleId: 'all', priority: 1, match: {}, action: { kind: 'reject' } });
  await ask(one, async ({ routing }) => json((await routing.rules.put(rule)) ?? 'stored'));
  expect(await ask(one, rules)).toMatchObject([{ ruleId: 'all' }]);
  expect(await ask(other, rules)).toEqual([]);
});

test('each app has its own settings, queues and address', async () => {
  const one = anApp({ MAX_WAIT_SECONDS: '5', PUBLIC_BASE_URL: 'http://127.0.0.1:7001', TABLE_PREFIX: 'one' });
  const other = anApp({ MAX_WAIT_SECONDS: '9', PUBLIC_BASE_URL: 'http://127.0.0.1:7002', TABLE_PREFIX: 'other' });
  const facts: Answer = async ({ maxWaitSeconds, ledger }) => json([maxWaitSeconds, ledger.callbackUrl('c')]);
  expect(await ask(one, facts)).toEqual([5, 'http://127.0.0.1:7001/api/callbacks/c']);
  expect(await ask(other, facts)).toEqual([9, 'http://127.0.0.1:7002/api/callbacks/c']);
  const describe: Answer = async (invocation, request) =>
    endpoints.find(({ name }) => name === 'openApi')?.answer(invocation, request, openView) ?? json({});
  expect(await ask(one, describe)).toMatchObject({ servers: [{ url: 'http://127.0.0.1:7001/api' }] });
  expect(await ask(other, describe)).toMatchObject({ servers: [{ url: 'http://127.0.0.1:7002/api' }] });
  expect([one, other].map(({ queueNames }) => queueNames.notifications)).toEqual([
    'onenotifications',
    'othernotifications',
  ]);
});
