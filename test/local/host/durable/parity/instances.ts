/** Rows on what instances do, how they are listed and shown, and what purging does to them. */

import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { DurableApi } from '../support.ts';
import { brief, empty, json, newId, type Row } from './row.ts';

/** After this long an instance that has not ended waits; even a busy machine needs less for one that is to fail. */
const lateMs = 15_000;

/** The status of an instance once it has ended, or as it is after a while. */
async function outcomeOf({ api, ended }: DurableApi, id: string) {
  const late = delay(lateMs).then(() => api('GET', `instances/${id}`).then(({ body }) => body));
  const { runtimeStatus, output } = await Promise.race([ended(id), late]);
  return { runtimeStatus, output };
}

async function outcome(host: DurableApi, name: string, input?: unknown) {
  return outcomeOf(host, await host.start(name, input, newId()));
}

/** Of what waits forever in Azure, because the library never hears that it was refused. */
const waits = expect.objectContaining({ runtimeStatus: 'Running' });
const fails = (reason: RegExp) =>
  expect.objectContaining({ runtimeStatus: 'Failed', output: expect.stringMatching(reason) });

async function list({ api }: DurableApi, query: string): Promise<string[]> {
  const { body } = await api('GET', `instances?${query}`);
  return body.map(({ instanceId }: { instanceId: string }) => instanceId);
}

/** One that has completed, one that has failed and one that runs, started after the time. */
async function three(host: DurableApi) {
  await delay(20);
  const from = new Date().toISOString();
  const ids = [newId(), newId(), newId()] as const;
  await host.start('chain', [], ids[0]);
  await host.start('throws', 1, ids[1]);
  await host.start('untilEvent', 1, ids[2]);
  await host.ended(ids[0]);
  await host.ended(ids[1]);
  await host.becomes(ids[2], ({ runtimeStatus }) => runtimeStatus === 'Running');
  const left = async () => (await list(host, `createdTimeFrom=${from}`)).map((id) => ids.indexOf(id));
  return { from, ids, left };
}

export const instanceRows: readonly Row[] = [
  {
    what: 'a custom status of more than 16 KB of UTF-16, cut to whole KB, fails the instance',
    source: 'MessagePayloadDataConverter.Serialize, DurableOrchestrationContext.SetCustomStatus',
    act: async (host) => {
      const id = await host.start('reportsAtLength', 8700, newId());
      const { customStatus } = await host.becomes(id, (one) => one.customStatus !== null);
      return [customStatus.length, await outcome(host, 'reportsAtLength', 8702)];
    },
    expected: [
      8700,
      fails(
        /^Orchestrator function 'reportsAtLength' failed: The UTF-16 size .* must not exceed 16 KB\. .* is 17 KB\.$/,
      ),
    ],
  },
  {
    what: 'a custom status outlives continue-as-new until the next episode but one',
    source: 'TaskOrchestrationDispatcher (Microsoft.Azure.DurableTask.Core): carryOverStatus',
    act: async (host) => {
      const id = await host.start('leavesStatus', {}, newId());
      const before = await host.becomes(id, ({ input }) => input.again);
      await host.raise(id, 'first', 1);
      const after = await host.becomes(id, ({ customStatus }) => customStatus === null);
      return [before.customStatus, after.customStatus];
    },
    expected: ['left', null],
  },
  {
    what: 'retry intervals may be six days long',
    source: 'AzureStorageDurabilityProvider.MaximumDelayTime, DurableOrchestrationContext.CallDurableTaskFunctionAsync',
    act: async (host) => (await outcome(host, 'retriesInDays', [6, 6])).output,
    expected: 'echoed',
  },
  {
    what: 'a call whose first retry interval is longer than six days is never made, and its instance waits forever',
    source:
      'DurableOrchestrationContext.CallDurableTaskFunctionAsync, OutOfProcOrchestrationShim.ProcessAsyncActionsV2',
    act: (host) => outcome(host, 'retriesInDays', [7]),
    expected: waits,
    here: fails(/a maximum of 6 days for time-based delays/),
  },
  {
    what: 'a call whose longest retry interval is longer than six days is never made, and its instance waits forever',
    source:
      'DurableOrchestrationContext.CallDurableTaskFunctionAsync, OutOfProcOrchestrationShim.ProcessAsyncActionsV2',
    act: (host) => outcome(host, 'retriesInDays', [1, 7]),
    expected: waits,
    here: fails(/a maximum of 6 days for time-based delays/),
  },
  {
    what: 'a sub-orchestration under the id of its caller is never started, and the caller waits forever',
    source:
      'DurableOrchestrationContext.CallDurableTaskFunctionAsync, OutOfProcOrchestrationShim.ProcessAsyncActionsV2',
    act: (host) => outcome(host, 'callsUnder'),
    expected: waits,
    here: fails(/must be different than the instance ID of a parent orchestration/),
  },
  {
    what: "a sub-orchestration under the id of its caller's caller is never started, and both wait forever",
    source:
      'DurableOrchestrationContext.CallDurableTaskFunctionAsync, OutOfProcOrchestrationShim.ProcessAsyncActionsV2',
    act: (host) => outcome(host, 'isCalledBack'),
    expected: waits,
    here: fails(/must be different than the instance ID of a parent orchestration/),
  },
  {
    what: 'an activity that does not exist is never called, and its instance waits forever',
    source: 'azure-functions-durable-extension issues 527 and 1677',
    act: (host) => outcome(host, 'callsMissing'),
    expected: waits,
    here: fails(/The function 'missing' doesn't exist, is disabled, or is not an activity function/),
  },
  {
    what: 'an instance that is newer than defaultVersion of host.json waits for an app of its version',
    source: 'TaskOrchestrationDispatcher (Microsoft.Azure.DurableTask.Core), DurableTaskOptions.VersionMatchStrategy',
    act: async (host) => {
      const id = newId();
      await host.api('POST', `orchestrators/chain/${id}?version=1.0`, '[]');
      return outcomeOf(host, id);
    },
    expected: { runtimeStatus: 'Pending', output: null },
    here: fails(/Its version is 1\.0, and host\.json names no defaultVersion/),
  },
  {
    what: 'the reason of an order is the output of the instance, and a number or other JSON stands for itself',
    source:
      'AzureTableTrackingStore.UpdateStateAsync (Microsoft.Azure.DurableTask.AzureStorage), DurableClient.ParseToJToken',
    act: async (host) => {
      const id = await host.start('untilEvent', 1, newId());
      await host.becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
      await host.api('POST', `instances/${id}/suspend?reason=lunch`);
      const suspended = await host.becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
      await host.api('POST', `instances/${id}/terminate?reason=5`);
      return [suspended.output, (await host.ended(id)).output];
    },
    expected: ['lunch', 5],
  },
  {
    what: 'a status has version and parent if there are any, times in whole seconds, and no history unless asked for',
    source: 'StatusResponsePayload, HttpApiHandler.ConvertFrom',
    act: async ({ api, start, ended }) => {
      const [id, versioned] = [newId(), newId()];
      await start('parent', 1, id);
      await api('POST', `orchestrators/chain/${versioned}?version=7`, '[]');
      const { version, parentInstanceId, createdTime, ...rest } = await ended(id);
      const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(createdTime);
      const child = (await api('GET', `instances/${id}-child`)).body;
      const shown = (await api('GET', `instances/${versioned}`)).body;
      return [
        version,
        parentInstanceId,
        isWhole,
        'historyEvents' in rest,
        child.parentInstanceId === id,
        shown.version,
      ];
    },
    expected: [undefined, undefined, true, false, true, '7'],
  },
  {
    what: 'names of query parameters ignore case, and a flag that is none has its default',
    source: 'HttpRequestMessageExtensions.GetQueryNameValuePairs, HttpApiHandler.TryGetBooleanQueryParameterValue',
    act: async (host) => {
      const id = await host.start('chain', ['Ann'], newId());
      await host.ended(id);
      const input = async (query: string) => (await host.api('GET', `instances/${id}?${query}`)).body.input;
      return [await input('SHOWINPUT=FALSE'), await input('showInput=maybe')];
    },
    expected: [null, ['Ann']],
  },
  {
    what: 'a filter that cannot be read is no filter',
    source:
      'HttpApiHandler.TryGetDateTimeQueryParameterValue, TryGetIEnumerableQueryParameterValue, TryGetIntQueryParameterValue',
    act: async (host) => {
      const id = await host.start('chain', [], newId());
      await host.ended(id);
      const queries = [
        'createdTimeFrom=soon',
        'runtimeStatus=nonsense',
        'runtimeStatus=failed',
        'top=many',
        'top=1&top=2',
      ];
      const lists = await Promise.all(queries.map((query) => list(host, `instanceIdPrefix=${id}&${query}`)));
      return lists.map((ids) => ids.includes(id));
    },
    expected: [true, true, true, true, true],
  },
  {
    what: 'statuses in a filter may be numbers, and those that are read count',
    source: 'HttpApiHandler.TryGetIEnumerableQueryParameterValue (Enum.TryParse)',
    act: async (host) => {
      const { from, ids, left } = await three(host);
      const query = (statuses: string) => list(host, `createdTimeFrom=${from}&runtimeStatus=${statuses}`);
      const seen = [await query('1'), await query('nonsense,Failed'), await query('Failed,Running')];
      return [seen.map((some) => some.map((id) => ids.indexOf(id)).sort()), (await left()).sort()];
    },
    expected: [
      [[0], [1], [1, 2]],
      [0, 1, 2],
    ],
  },
  {
    what: 'purging by time needs a time, and is an empty 404 without a match',
    source: 'HttpApiHandler.HandleDeleteHistoryWithFiltersRequestAsync',
    act: ({ api }) =>
      Promise.all([
        brief(api('DELETE', 'instances')),
        brief(api('DELETE', 'instances?createdTimeFrom=soon')),
        brief(api('DELETE', 'instances?createdTimeFrom=2100-01-01T00:00:00Z')),
      ]),
    expected: [
      json(400, "Please provide value for 'createdTimeFrom' parameter."),
      json(400, "Please provide value for 'createdTimeFrom' parameter."),
      empty(404),
    ],
  },
  {
    what: 'purging by time and status keeps to the statuses of ended instances',
    source: 'AzureTableTrackingStore.PurgeInstanceHistoryAsync (Microsoft.Azure.DurableTask.AzureStorage)',
    act: async (host) => {
      const { from, left } = await three(host);
      const purge = () => brief(host.api('DELETE', `instances?createdTimeFrom=${from}&runtimeStatus=Failed,Running`));
      return [await purge(), await purge(), (await left()).sort()];
    },
    expected: [json(200, { instancesDeleted: 1 }), empty(404), [0, 2]],
  },
  {
    what: 'purging by time without the status of an ended instance deletes running instances too',
    source: 'AzureTableTrackingStore.PurgeInstanceHistoryAsync (Microsoft.Azure.DurableTask.AzureStorage)',
    act: async (host) => {
      const { from, ids, left } = await three(host);
      const purged = await brief(host.api('DELETE', `instances?createdTimeFrom=${from}&runtimeStatus=Running`));
      return [purged, await left(), await host.raise(ids[2], 'go')];
    },
    expected: [json(200, { instancesDeleted: 3 }), [], 404],
  },
];
