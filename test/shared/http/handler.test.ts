import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import { createApp } from '../../../shared/app.ts';
import { readConfig } from '../../../shared/config.ts';
import { httpHandler } from '../../../shared/http/handler.ts';
import { localSettings } from '../../support/local-settings.ts';

const app = createApp(readConfig(localSettings));

/** A handler whose work fails so; the answer, and what was logged. */
async function failed(error: unknown) {
  const logged: unknown[][] = [];
  const context = new InvocationContext({
    invocationId: 'inv-1',
    logHandler: (...message: unknown[]) => logged.push(message),
  });
  const handler = httpHandler(app, () => Promise.reject(error));
  const answer = await handler(new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api/x' }), context);
  return { answer, logged: JSON.stringify(logged) };
}

test('a defect is 500 with the correlation id, and neither answer nor log hold its message', async () => {
  const { answer, logged } = await failed(new TypeError('cannot read +14255550123'));
  expect(answer).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } });
  expect(JSON.parse(String(answer && 'body' in answer && answer.body))).toMatchObject({
    code: 'internalError',
    correlationId: 'inv-1',
  });
  expect(logged).toContain('TypeError');
  expect(logged).toContain('handler.test.ts');
  expect(JSON.stringify(answer) + logged).not.toContain('4255550123');
});

test('no line of a message is logged as a frame, nor the stack of an error whose message has changed', async () => {
  const { logged } = await failed(new Error('wrong input\n    at +14255550123 (x.ts:1:1)'));
  expect(logged).toContain('handler.test.ts');
  expect(logged).not.toContain('4255550123');
  const changed = new Error('wrong input\n    at +14255550123');
  Object.assign(changed, { stack: changed.stack, message: 'wrong input of a call' });
  expect((await failed(changed)).logged).not.toContain('4255550123');
});

test('whatever is thrown is a 500', async () => {
  const { answer, logged } = await failed('text');
  expect(answer).toMatchObject({ status: 500 });
  expect(logged).toContain('not an Error');
});

const fromBrowser = new HttpRequest({
  method: 'GET',
  url: 'http://127.0.0.1/api/x',
  headers: { origin: 'https://app.contoso.com' },
});

test('without an allowed origin no response says anything about origins', async () => {
  const response = await httpHandler(app, async () => ({ status: 200, headers: {} }))(
    fromBrowser,
    new InvocationContext(),
  );
  const names = Object.keys(response?.headers ?? {});
  expect(names.sort()).toEqual(['api-version', 'x-request-id']);
});

test('any origin is let in where all are allowed', async () => {
  const open = createApp(readConfig({ ...localSettings, CORS_ORIGINS: '*' }));
  const response = await httpHandler(open, async () => ({ status: 200, headers: {} }))(
    fromBrowser,
    new InvocationContext(),
  );
  expect(response?.headers).toMatchObject({ 'access-control-allow-origin': '*' });
});
