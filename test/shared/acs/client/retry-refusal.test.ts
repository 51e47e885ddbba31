import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { asOperation, type Retries } from '../../../../shared/acs/client/request-scope.ts';
import { retryRefusalPolicies } from '../../../../shared/acs/client/retry-refusal.ts';

const terms = { operationId: 'the-id', firstSentAt: '2026-01-01T00:00:00Z', timeoutSeconds: 10 };
const reset = new RestError('reset', { code: 'ECONNRESET' });
const unreachable = new RestError('refused', { code: 'ECONNREFUSED' });

/** The result of a request whose attempts end so: a status, the code of a connection, or silence. */
async function resultOf(retries: Retries, attempts: readonly (number | RestError)[]): Promise<unknown> {
  const request = createPipelineRequest({ url: 'https://acs.example/', method: 'POST' });
  const { perCall, perRetry } = retryRefusalPolicies();
  const attemptAll = async () => {
    for (const [index, attempt] of attempts.entries()) {
      const isLast = index === attempts.length - 1;
      const response = { request, headers: createHttpHeaders(), status: typeof attempt === 'number' ? attempt : 0 };
      const answer = () => (typeof attempt === 'number' ? Promise.resolve(response) : Promise.reject(attempt));
      const { status } = await perRetry.sendRequest(request, answer).catch((error) => {
        if (isLast) {
          throw error;
        }
        return response;
      });
      if (isLast && status >= 400) {
        throw new RestError('refused', { statusCode: status, request });
      }
    }
    return { request, headers: createHttpHeaders(), status: 202 };
  };
  return asOperation({ ...terms, ...retries }, () => perCall.sendRequest(request, attemptAll)).then(
    ({ status }) => status,
    ({ code, statusCode }: RestError) => code ?? statusCode ?? 'silence',
  );
}

test.each([
  ['by a state that a lost attempt may have changed', { onRetry: 'judgedAnew' }, [reset, 409], 'silence'],
  ['by a state, after a gateway timed out', { onRetry: 'judgedAnew' }, [504, 400], 'silence'],
  [
    'by a state that a process that died may have changed',
    { onRetry: 'judgedAnew', isTakeover: true },
    [400],
    'silence',
  ],
  ['by a state, of a request that was not sent before', { onRetry: 'judgedAnew' }, [unreachable, 409], 409],
  ['by a state, of a first attempt', { onRetry: 'judgedAnew' }, [400], 400],
  ['because the target is gone', { onRetry: 'judgedAnew' }, [reset, 404], 404],
  ['of a request that ACS recognizes, which is that of its first attempt', {}, [reset, 409], 409],
  ['that ACS had no time for, after a lost attempt', {}, [reset, 503, 503], 'silence'],
  ['that ACS had no time for, of a takeover', { isTakeover: true }, [503], 'silence'],
  ['of each attempt', {}, [503, 503], 503],
  ['of gateways only, which may have passed the request on', {}, [504, 504], 'silence'],
] as const)('a refusal %s is taken for what it shows', async (_, retries, attempts, result) => {
  expect(await resultOf(retries, attempts)).toBe(result);
});

test('a retry that succeeds, and one that fails as the first did, stay what they are', async () => {
  expect(await resultOf({ onRetry: 'judgedAnew' }, [reset, 202])).toBe(202);
  expect(await resultOf({ onRetry: 'judgedAnew' }, [reset, reset])).toBe('ECONNRESET');
});
