/** Holds the cost of an app without calls, in docs/operate.md, to its triggers and to the plan of a default deployment. */
import { globSync, readFileSync } from 'node:fs';
import { CronExpressionParser } from 'cron-parser';
import { expect, it } from 'vitest';

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly properties: {
    readonly functionAppConfig?: {
      readonly scaleAndConcurrency: {
        readonly instanceMemoryMB: number;
        readonly alwaysReady: readonly { readonly instanceCount: number }[];
      };
    };
    readonly Frequency?: number;
    readonly Locations?: readonly object[];
  };
}

const plan = JSON.parse(readFileSync('test/infra/plans/default.snapshot.json', 'utf8')) as {
  readonly predictedResources: readonly Resource[];
};
const resourcesOf = (type: string) => plan.predictedResources.filter((resource) => resource.type === type);

const secondsAMonth = 30 * 24 * 60 * 60;
const scale = resourcesOf('Microsoft.Web/sites')[0]?.properties.functionAppConfig?.scaleAndConcurrency;
const gigabytes = (scale?.instanceMemoryMB ?? 0) / 1024;
const alwaysReady = (scale?.alwaysReady ?? []).reduce((sum, { instanceCount }) => sum + instanceCount, 0);

const timers = globSync('functions/*.ts')
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/schedule: '([^']+)'/g)])
  .map(([, schedule = '']) => runsAMonth(schedule))
  .reduce((sum, runs) => sum + runs, 0);

const durable = JSON.parse(readFileSync('host.json', 'utf8')).extensions.durableTask.storageProvider;
const queues = resourcesOf('Microsoft.Storage/storageAccounts/queueServices/queues').filter(
  ({ name }) => !name.endsWith('-poison'),
);

const webTests = resourcesOf('Microsoft.Insights/webtests').map(
  ({ properties: { Frequency = Number.NaN, Locations = [] } }) => (Locations.length * secondsAMonth) / Frequency,
);

it.each([
  ['always ready', alwaysReady * gigabytes * secondsAMonth],
  ['timers', timers],
  // At least a second each.
  ['time of timers', timers * gigabytes],
  ['polling by Durable', (durable.partitionCount + 1) * secondsAMonth],
  ['polling by triggers', queues.length * secondsAMonth],
  ['alerts on metrics', resourcesOf('Microsoft.Insights/metricAlerts').length],
  ['test from outside', webTests.reduce((sum, runs) => sum + runs, 0)],
  ['alerts on logs', resourcesOf('Microsoft.Insights/scheduledQueryRules').length],
])('counts %s', (what, amount) => {
  const row = new RegExp(`^\\| ${what} +\\|[^|]+\\| ([\\d,]+)`, 'm').exec(readFileSync('docs/operate.md', 'utf8'));

  expect(amount).toBeGreaterThan(0);
  expect(Number(row?.[1]?.replaceAll(',', ''))).toBe(amount);
});

function runsAMonth(schedule: string): number {
  const runs = CronExpressionParser.parse(schedule, {
    currentDate: new Date(0),
    endDate: new Date(secondsAMonth * 1000),
    tz: 'UTC',
  });
  let count = 0;
  while (runs.hasNext()) {
    runs.next();
    count += 1;
  }
  return count;
}
