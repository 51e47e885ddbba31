import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { readHostJson } from '../../../../local/host/settings/host-json.ts';

const root = await mkdtemp(join(tmpdir(), 'host-json-'));
afterAll(() => rm(root, { recursive: true }));

async function read(hostJson: unknown) {
  await writeFile(join(root, 'host.json'), typeof hostJson === 'string' ? hostJson : JSON.stringify(hostJson));
  return readHostJson(root);
}

it('has the defaults of Azure, but polls queues more often', async () => {
  expect(await read({ version: '2.0' })).toEqual({
    routePrefix: 'api',
    functionTimeoutMs: 30 * 60_000,
    logLevels: {},
    queues: {
      batchSize: 16,
      newBatchThreshold: 8,
      retryDelayMs: 0,
      maxDequeueCount: 5,
      maxPollingIntervalMs: 2000,
      messageEncoding: 'base64',
    },
    durable: {
      hubName: 'TestHubName',
      orchestratorCount: 10 * availableParallelism(),
      activityCount: 10 * availableParallelism(),
      versions: { current: undefined, match: 'currentorolder' },
      visibility: { controlQueueMs: 300_000, workItemQueueMs: 300_000 },
    },
  });
});

it('reads what is set, and passes over what it does not know', async () => {
  const config = await read({
    version: '2.0',
    functionTimeout: '1.02:03:04.5',
    logging: { applicationInsights: {}, logLevel: { default: 'Warning' } },
    extensionBundle: { id: 'x' },
    extensions: {
      http: { routePrefix: '/v1/', hsts: {} },
      durableTask: { hubName: 'Orders7', maxConcurrentActivityFunctions: 3, tracing: {} },
      serviceBus: {},
      queues: { maxPollingInterval: '00:00:30', visibilityTimeout: '00:01:00', messageEncoding: 'none' },
    },
  });

  expect(config).toMatchObject({
    routePrefix: 'v1',
    functionTimeoutMs: ((26 * 60 + 3) * 60 + 4.5) * 1000,
    logLevels: { default: 'warning' },
    queues: { maxPollingIntervalMs: 30_000, retryDelayMs: 60_000, messageEncoding: 'none' },
    durable: { hubName: 'Orders7', activityCount: 3 },
  });
});

it('takes a timeout of -1 as none', async () => {
  expect((await read({ version: '2.0', functionTimeout: '-1' })).functionTimeoutMs).toBe(Number.POSITIVE_INFINITY);
});

it('lets settings override the file, as Azure does, and stand in the name of the task hub', async () => {
  vi.stubEnv('AzureFunctionsJobHost__extensions__http__routePrefix', 'v2');
  vi.stubEnv('AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions', '7');
  vi.stubEnv('HUB', 'FromSetting');

  const config = await read({ version: '2.0', extensions: { durableTask: { hubName: '%HUB%' } } });
  vi.unstubAllEnvs();

  expect(config).toMatchObject({ routePrefix: 'v2', durable: { hubName: 'FromSetting', activityCount: 7 } });
});

it('hides work after a crash for the times of Azure, and for shorter ones only by a setting of its own', async () => {
  const storageProvider = { controlQueueVisibilityTimeout: '00:01:00', workItemQueueVisibilityTimeout: '00:00:30' };
  const hostJson = { version: '2.0', extensions: { durableTask: { storageProvider } } };

  const fromFile = await read(hostJson);
  vi.stubEnv('EMBEDDED_HOST_VISIBILITY_SECONDS', '1.5');
  const shortened = await read(hostJson);
  vi.stubEnv('EMBEDDED_HOST_VISIBILITY_SECONDS', 'soon');
  const wrong = read(hostJson);
  await expect(wrong).rejects.toThrow('EMBEDDED_HOST_VISIBILITY_SECONDS takes a number of seconds, not "soon"');
  vi.unstubAllEnvs();

  expect(fromFile.durable.visibility).toEqual({ controlQueueMs: 60_000, workItemQueueMs: 30_000 });
  expect(shortened.durable.visibility).toEqual({ controlQueueMs: 1500, workItemQueueMs: 1500 });
});

it.each([
  ['a missing version', {}, /expected "2\.0"[\s\S]*version/],
  [
    'a level that is none',
    { version: '2.0', logging: { logLevel: { default: 'Loud' } } },
    /trace, debug.*[\s\S]*logLevel/,
  ],
  ['a time that is none', { version: '2.0', functionTimeout: '5 minutes' }, /functionTimeout/],
  ['too large a batch', { version: '2.0', extensions: { queues: { batchSize: 33 } } }, /batchSize/],
  [
    'a task hub that no table can be named after',
    { version: '2.0', extensions: { durableTask: { hubName: '%NO%' } } },
    /hubName/,
  ],
  [
    'a visibility timeout that Azure refuses',
    {
      version: '2.0',
      extensions: { durableTask: { storageProvider: { controlQueueVisibilityTimeout: '00:00:59' } } },
    },
    /1 to 60 minutes[\s\S]*controlQueueVisibilityTimeout|controlQueueVisibilityTimeout/,
  ],
  ['text that is no JSON', '{', /host\.json is not JSON/],
])('names the file and the path of %s', async (_, hostJson, says) => {
  await expect(read(hostJson)).rejects.toThrow(says);
});
