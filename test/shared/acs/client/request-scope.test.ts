import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { asOperation, requestScopePolicy, withBodyMembers } from '../../../../shared/acs/client/request-scope.ts';

const terms = { operationId: 'the-id', firstSentAt: '2026-01-01T00:00:00Z', timeoutSeconds: 10 };

async function sent(body: unknown): Promise<PipelineRequest> {
  const request = createPipelineRequest({ url: 'https://acs.example/', method: 'POST', body: JSON.stringify(body) });
  await requestScopePolicy.sendRequest(request, async () => ({ request, status: 200, headers: createHttpHeaders() }));
  return request;
}

test('a request of an operation carries its id, the time of its first attempt and the timeout', async () => {
  const request = await asOperation(terms, () => sent({}));
  expect(request.headers.get('repeatability-request-id')).toBe('the-id');
  expect(request.headers.get('repeatability-first-sent')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  expect(request.abortSignal?.aborted).toBe(false);
});

test('members are merged into the body, objects member by member', async () => {
  const members = { options: { silence: 0, tones: ['pound'] }, loop: true };
  const request = await asOperation(terms, () =>
    withBodyMembers(members, () => sent({ kind: 'dtmf', options: { silence: 5, kept: 1, tones: ['one', 'two'] } })),
  );
  expect(JSON.parse(String(request.body))).toEqual({
    kind: 'dtmf',
    loop: true,
    options: { silence: 0, kept: 1, tones: ['pound'] },
  });
});

test('a request of no operation passes as it is, and takes no members', async () => {
  const request = await sent({ kind: 'read' });
  expect(request.headers.has('repeatability-request-id')).toBe(false);
  expect(request.abortSignal).toBeUndefined();
  expect(() => withBodyMembers({ loop: true }, () => sent({}))).toThrow(/within asOperation/);
});
