import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { asOperation } from '../../../../shared/acs/client/request-scope.ts';
import { sendOncePolicy } from '../../../../shared/acs/client/send-once.ts';

const request = createPipelineRequest({ url: 'https://acs.example/', method: 'POST' });
const terms = { operationId: 'the-id', firstSentAt: '2026-01-01T00:00:00Z', timeoutSeconds: 10 };

const sendOnce = (answer: () => Promise<{ status: number; bodyAsText?: string }>, once = true) =>
  asOperation({ ...terms, ...(once && { onRetry: 'performedAgain' as const }) }, () =>
    sendOncePolicy.sendRequest(request, async () => ({ request, headers: createHttpHeaders(), ...(await answer()) })),
  );

const failing = (error: Error) => () => Promise.reject(error);

test('a lost answer cannot be taken for one that may be asked for again', async () => {
  const lost = failing(new RestError('reset', { code: 'ECONNRESET' }));
  await expect(sendOnce(lost)).rejects.toMatchObject({ name: 'RestError', code: undefined, statusCode: undefined });
  await expect(sendOnce(lost, false)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a request that was not sent, or that timed out, fails as it did', async () => {
  await expect(sendOnce(failing(new RestError('refused', { code: 'ECONNREFUSED' })))).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
  await expect(sendOnce(failing(new DOMException('over', 'AbortError')))).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([408, 502, 504])('after a %i it is unknown whether ACS acted', async (status) => {
  await expect(sendOnce(async () => ({ status }))).rejects.toMatchObject({ statusCode: undefined });
});

test('an error of ACS is final, with its message if it has one', async () => {
  const bodyAsText = '{"error":{"code":"9999","message":"It \\"broke\\"."}}';
  await expect(sendOnce(async () => ({ status: 500, bodyAsText }))).rejects.toMatchObject({
    statusCode: 500,
    message: 'It "broke".',
  });
  await expect(sendOnce(async () => ({ status: 500 }))).rejects.toThrow('ACS reported an internal error.');
});

test('any other answer passes', async () => {
  expect((await sendOnce(async () => ({ status: 503 }))).status).toBe(503);
});

test('a refusal that another policy has turned into an error stays a refusal', async () => {
  const throttled = new RestError('throttled', { code: '429', statusCode: 429 });
  await expect(sendOnce(failing(throttled))).rejects.toMatchObject({ code: '429', statusCode: 429 });
});
