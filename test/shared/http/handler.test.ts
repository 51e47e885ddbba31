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

test('whatever is thrown is a 500', async () => {
  const { answer, logged } = await failed('text');
  expect(answer).toMatchObject({ status: 500 });
  expect(logged).toContain('not an Error');
});
