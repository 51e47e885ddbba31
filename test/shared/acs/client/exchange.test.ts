import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { exchange } from '../../../../shared/acs/client/exchange.ts';

const failing = (error: unknown) => exchange(() => Promise.reject(error));

test('an answer is an answer', async () => {
  expect(await exchange(async () => 7)).toEqual({ kind: 'answered', answer: 7 });
});

test.each([
  ['a connection that broke', new RestError('reset', { code: 'ECONNRESET' })],
  ['a timeout', new DOMException('over', 'TimeoutError')],
  ['a request that was aborted', Object.assign(new Error('aborted'), { name: 'AbortError' })],
])('%s is silence', async (_, error) => {
  expect(await failing(error)).toEqual({ kind: 'silence' });
});

test('a refusal has the status, the code and the pause that ACS gave', async () => {
  const request = createPipelineRequest({ url: 'https://contoso.communication.azure.com' });
  const response = { request, status: 429, headers: createHttpHeaders({ 'retry-after': '7' }) };
  const error = new RestError('slow down', { statusCode: 429, code: '8516', response });
  const refusal = { kind: 'refused', acsCode: 429, acsSubCode: 8516, acsMessage: 'slow down', retryAfterSeconds: 7 };
  expect(await failing(error)).toEqual(refusal);
});

test('a refusal without a numeric code has its status only', async () => {
  const refusal = { kind: 'refused', acsCode: 500, acsMessage: 'no' };
  expect(await failing(new RestError('no', { statusCode: 500 }))).toEqual(refusal);
  expect(await failing(Object.assign(new RestError('no', { statusCode: 500 }), { details: 'x' }))).toEqual(refusal);
});

test.each([new TypeError('undefined is not a function'), 'text'])('%s is our own bug and is thrown', async (error) => {
  await expect(failing(error)).rejects.toBe(error);
});
