/** Rows on what the management API answers. */

import { expect } from 'vitest';
import { brief, empty, json, newId, type Row, statuses } from './row.ts';
import { completed, failed, running } from './situations.ts';

const operations = ['terminate', 'suspend', 'resume', 'raiseEvent/go'] as const;

export const answerRows: readonly Row[] = [
  ...operations.map(
    (operation): Row => ({
      what: `${operation}: an empty 404 for an unknown instance, an empty 410 for one that has ended`,
      source: 'HttpApiHandler.Handle…InstanceRequestAsync',
      act: async (host) => {
        const ids = ['missing', await completed(host)];
        return Promise.all(ids.map((id) => brief(host.api('POST', `instances/${id}/${operation}`, 'null'))));
      },
      expected: [empty(404), empty(410)],
    }),
  ),
  {
    what: 'an unknown instance is an empty 404',
    source: 'HttpApiHandler.HandleGetStatusRequestAsync',
    act: ({ api }) => Promise.all(['GET', 'DELETE'].map((method) => brief(api(method, 'instances/missing')))),
    expected: [empty(404), empty(404)],
  },
  {
    what: 'a path or method that is none is an empty 404',
    source: 'HttpApiHandler.HandleRequestAsync',
    act: ({ api }) =>
      Promise.all([
        brief(api('GET', 'orchestrators/chain')),
        brief(api('POST', 'instances')),
        brief(api('POST', 'instances/missing/dance')),
        brief(api('GET', 'nowhere')),
        brief(api('POST', 'orchestrators/chain/a%2Fb')),
      ]),
    expected: Array.from({ length: 5 }, () => empty(404)),
  },
  {
    what: 'JSON is sent as application/json; charset=utf-8',
    source: 'HttpRequestMessageExtensions.CreateResponse',
    act: async (host) => brief(host.api('GET', `instances/${await completed(host)}`)),
    expected: json(200, expect.objectContaining({ name: 'chain' })),
  },
  {
    what: 'a start is answered with eight members: no URL to rewind is among them',
    source: 'HttpApiHandler.CreateCheckStatusResponseMessage',
    act: async ({ api }) => Object.keys((await api('POST', 'orchestrators/chain', '[]')).body).sort(),
    expected: [
      'id',
      'purgeHistoryDeleteUri',
      'restartPostUri',
      'resumePostUri',
      'sendEventPostUri',
      'statusQueryGetUri',
      'suspendPostUri',
      'terminatePostUri',
    ],
  },
  {
    what: 'an unknown orchestrator is accepted, and its instance fails',
    source: 'HttpApiHandler.HandleStartOrchestratorRequestAsync, DurableTaskExtension.OrchestrationMiddleware',
    act: async ({ start, ended }) => ended(await start('missing', 1, newId())),
    expected: expect.objectContaining({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(
        /^Orchestrator function 'missing' failed: The function 'missing' doesn't exist, is disabled, or is not an orchestrator function\. Additional info: The following are the known orchestrator functions: '.+'\.$/,
      ),
    }),
  },
  {
    what: 'an orchestrator that a setting disables is refused at once',
    source: 'DurableTaskExtension.ThrowIfOrchestratorFunctionIsDisabled',
    act: ({ api }) => brief(api('POST', 'orchestrators/isOff', '1')),
    expected: json(400, {
      Message: expect.stringMatching(/^The function 'isOff' doesn't exist, is disabled, or is not an/),
    }),
  },
  {
    what: 'a plus sign in a path is a space',
    source: 'HttpApiHandler.HandleRequestAsync (WebUtility.UrlDecode)',
    act: async ({ api }) => (await api('POST', `orchestrators/chain/${newId()}+x`, '[]')).body.id,
    expected: expect.stringMatching(/ x$/),
  },
  {
    what: 'a second start under the id of a running instance is a 409',
    source: 'AzureStorageOrchestrationService.CreateTaskOrchestrationAsync (Microsoft.Azure.DurableTask.AzureStorage)',
    act: async (host) => brief(host.api('POST', `orchestrators/chain/${await running(host)}`, '[]')),
    expected: json(409, { Message: 'An Orchestration instance with the status Running already exists.' }),
  },
  {
    what: 'an instance id that Durable documents as invalid is taken',
    source: 'HttpApiHandler.HandleStartOrchestratorRequestAsync (no check; DurableClient.StartNewAsync has one)',
    act: ({ api }) =>
      statuses(
        () => api('POST', `orchestrators/chain/@${newId()}`, '[]'),
        () => api('POST', `orchestrators/chain/${newId()}%23`, '[]'),
      ),
    expected: [202, 202],
    here: [400, 400],
  },
  {
    what: 'a start with timeout and pollingInterval waits for the output',
    source: 'HttpApiHandler.WaitForCompletionOrCreateCheckStatusResponseAsync',
    act: ({ api }) => brief(api('POST', 'orchestrators/chain?timeout=30&pollingInterval=0.1', '["Ann"]')),
    expected: json(200, ['Hello Ann']),
  },
  {
    what: 'a start that waits for a failure is answered with the status and 200',
    source: 'HttpApiHandler.WaitForCompletionOrCreateCheckStatusResponseAsync',
    act: ({ api }) => brief(api('POST', 'orchestrators/throws?timeout=30&pollingInterval=0.1', '1')),
    expected: json(200, expect.objectContaining({ runtimeStatus: 'Failed', input: 1 })),
  },
  {
    what: 'a start whose wait times out is answered as one that does not wait',
    source: 'HttpApiHandler.WaitForCompletionOrCreateCheckStatusResponseAsync',
    act: ({ api }) => brief(api('POST', 'orchestrators/untilEvent?timeout=0.3&pollingInterval=0.1', '1')),
    expected: json(202, expect.objectContaining({ statusQueryGetUri: expect.any(String) })),
  },
  {
    what: 'a start that is to poll more seldom than it waits starts the instance and is refused',
    source: 'HttpApiHandler.WaitForCompletionOrCreateCheckStatusResponseAsync',
    act: async ({ api }) => {
      const id = newId();
      const refused = await brief(api('POST', `orchestrators/untilEvent/${id}?timeout=1&pollingInterval=5`, '1'));
      return [refused, (await api('GET', `instances/${id}`)).status];
    },
    expected: [json(400, { Message: 'Total timeout 1 should be bigger than retry timeout 5' }), 202],
  },
  {
    what: 'returnInternalServerErrorOnFailure makes a failed instance a 500, with its status',
    source: 'HttpApiHandler.HandleGetStatusRequestAsync',
    act: async (host) => {
      const query = '?returnInternalServerErrorOnFailure=True';
      const ids = [await failed(host), await completed(host)];
      return Promise.all(ids.map((id) => brief(host.api('GET', `instances/${id}${query}`))));
    },
    expected: [json(500, expect.objectContaining({ runtimeStatus: 'Failed' })), json(200, expect.anything())],
  },
  {
    what: 'suspending what is suspended and resuming what runs are errors',
    source: 'DurableClient.SuspendAsync, DurableClient.ResumeAsync',
    act: async (host) => {
      const id = await running(host);
      const order = async (name: string) => (await host.api('POST', `instances/${id}/${name}`)).body;
      const resumed = await order('resume');
      await order('suspend?reason=lunch');
      await host.becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
      return [resumed.ExceptionMessage, (await order('suspend')).ExceptionMessage];
    },
    expected: [
      expect.stringMatching(
        /^Cannot resume the orchestration instance \S+ because instance is in the Running state\.$/,
      ),
      expect.stringMatching(/^Cannot suspend .* because instance is in the Suspended state\.$/),
    ],
  },
  {
    what: 'an event needs a body, and application/json as its type',
    source: 'HttpApiHandler.HandleRaiseEventRequestAsync',
    act: async (host) => {
      const path = `instances/${await running(host)}/raiseEvent/other`;
      const send = (body?: string, type?: string) =>
        brief(host.api('POST', path, body, type === undefined ? {} : { 'content-type': type }));
      return [await send(), await send('1', 'application/json-patch+json'), await send(''), await send('{')];
    },
    expected: [
      json(400, { Message: 'Only application/json request content is supported' }),
      json(400, { Message: 'Only application/json request content is supported' }),
      json(400, expect.objectContaining({ Message: 'Invalid JSON content' })),
      json(400, expect.objectContaining({ Message: 'Invalid JSON content' })),
    ],
  },
];
