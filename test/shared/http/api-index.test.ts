import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import { createApp } from '../../../shared/app.ts';
import { readConfig } from '../../../shared/config.ts';
import { indexEndpoint } from '../../../shared/http/endpoints/api-index.ts';
import { listAudit } from '../../../shared/http/endpoints/audit.ts';
import { listEvents } from '../../../shared/http/endpoints/events.ts';
import { openView } from '../../../shared/http/masking/view.ts';
import { localSettings } from '../../support/local-settings.ts';

test.each([
  ['0', []],
  ['7', ['listEvents']],
])('with EVENT_LOG_DAYS=%s the index links to %j of the log of events', async (days, expected) => {
  const app = createApp(readConfig({ ...localSettings, EVENT_LOG_DAYS: days }));
  const request = new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api' });
  const { body } = await indexEndpoint(() => [listEvents]).answer(
    app.during(new InvocationContext()),
    request,
    openView,
  );
  const { links } = JSON.parse(String(body)) as { links: { rel: string }[] };
  expect(links.map(({ rel }) => rel)).toEqual(expected);
});

test('without an audit trail the index does not link to it', async () => {
  const linksOf = async (days: string) => {
    const app = createApp(readConfig({ ...localSettings, AUDIT_DAYS: days }));
    const request = new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api' });
    const invocation = app.during(new InvocationContext());
    const { body } = await indexEndpoint(() => [listAudit]).answer(invocation, request, openView);
    return JSON.parse(String(body)).links.length;
  };
  expect([await linksOf('0'), await linksOf('7')]).toEqual([0, 1]);
});
