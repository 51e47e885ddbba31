import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { exchange } from '../../../../shared/acs/client/exchange.ts';
import { lastRefusalPolicies } from '../../../../shared/acs/client/last-refusal.ts';

interface Answer {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

const refusal = (bodyAsText: string | null): Answer => ({ status: 503, bodyAsText });

/** The result of a request with these responses, until the timeout elapses in a pause or in flight. */
function given(answers: readonly (Answer | 'nothing')[]) {
  const { perCall, perRetry } = lastRefusalPolicies();
  const timeout = new AbortController();
  const request = createPipelineRequest({
    url: 'https://contoso.communication.azure.com',
    abortSignal: timeout.signal,
  });
  const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' });
  const retrying = async () => {
    for (const answer of answers) {
      await perRetry.sendRequest(request, async () => {
        if (answer === 'nothing') {
          throw aborted;
        }
        return { request, ...answer, headers: createHttpHeaders({ 'retry-after': '3' }) };
      });
    }
    timeout.abort();
    throw aborted;
  };
  return exchange(() => perCall.sendRequest(request, retrying));
}

test('the last refusal is the result, with the code and the pause that ACS gave', async () => {
  const body = JSON.stringify({ error: { code: '8500', message: 'busy' } });
  const expected = { kind: 'refused', acsCode: 503, acsSubCode: 8500, acsMessage: 'busy', retryAfterSeconds: 3 };
  expect(await given([refusal(body)])).toEqual(expected);
});

test.each([null, '', '<html>', '{}', '{"error":{"code":7}}'])(
  'a refusal that says %o has its status only',
  async (body) => {
    const acsMessage = 'ACS answered 503.';
    expect(await given([refusal(body)])).toEqual({ kind: 'refused', acsCode: 503, acsMessage, retryAfterSeconds: 3 });
  },
);

test('silence after a refusal is silence', async () => {
  await expect(given([refusal(null), 'nothing'])).resolves.toEqual({ kind: 'silence' });
  await expect(given(['nothing'])).resolves.toEqual({ kind: 'silence' });
});

test('a success does not become a refusal when the request times out later', async () => {
  expect(await given([refusal(null), { status: 200 }])).toEqual({ kind: 'silence' });
});
