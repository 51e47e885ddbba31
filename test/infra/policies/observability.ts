/** Rules about what operators get to see, and when they are told. */
import { childrenOf, elementsOf, textAt, within } from '../bicep.ts';
import { bicepOf, type Infra, resourcesIn, textOf, unlike } from '../files.ts';
import { difference, type Policy } from '../policy.ts';

const file = 'infra/modules/alerts.bicep';

/** What the app measures, by name. */
const metricsIn = (infra: Infra) => quoted([textOf(infra, 'shared/telemetry/metrics.ts')], /'(switchboard\.[\w.]+)'/g);

/** What the host says when it gives a message up. */
const hostMessages = ['MaxDequeueCount'];

/** Every alert, and its query if it has one. */
export function alertsIn(infra: Infra): readonly { name: string; query: string }[] {
  return bicepOf(infra, file)
    .vars.flatMap(({ value }) => elementsOf(value))
    .map((alert) => ({ name: textAt(alert, 'name') ?? '', query: textAt(alert, 'query') ?? '' }));
}

export function workbookQueries(infra: Infra): readonly string[] {
  const { items } = JSON.parse(textOf(infra, 'infra/modules/workbook.json')) as {
    items: { content: { query?: string } }[];
  };
  return items.flatMap(({ content }) => content.query ?? []);
}

function queriesIn(infra: Infra): readonly string[] {
  return [...alertsIn(infra).map(({ query }) => query), ...workbookQueries(infra)];
}

const quoted = (queries: readonly string[], pattern: RegExp) =>
  queries.flatMap((query) => [...query.matchAll(pattern)].map(([, text]) => `${text}`));

/** The functions that are registered by a name of their own, and those whose names are in a table. */
function functionNames(infra: Infra): string {
  return ['functions/callbacks.ts', 'functions/sequences.ts', 'shared/sequences/orchestrator.ts']
    .map((path) => textOf(infra, path))
    .join('\n');
}

export const observabilityPolicies: readonly Policy[] = [
  {
    name: 'ACS, Event Grid and the storage of recordings write their logs to the workspace',
    check: (infra) => {
      const type = 'Microsoft.Insights/diagnosticSettings';
      const scopes = resourcesIn(infra, type).map(({ body }) => textAt(body, 'scope') ?? '');
      return [
        ...unlike(infra, type, 'properties.workspaceId', 'workspaceId'),
        ...difference(scopes, ['acs', 'topic', 'blobs']),
      ];
    },
    broken: { file: 'infra/modules/communication.bicep', from: '  scope: topic\n', to: '  scope: acs\n' },
  },
  {
    name: 'logs have a daily cap, and the app a largest size',
    check: (infra) => [
      ...unlike(
        infra,
        'Microsoft.OperationalInsights/workspaces',
        'properties.workspaceCapping.dailyQuotaGb',
        'dailyCapGB',
      ),
      ...unlike(
        infra,
        'Microsoft.Web/sites',
        'properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount',
        'maximumInstanceCount',
      ),
    ],
    broken: {
      file: 'infra/modules/monitoring.bicep',
      from: 'dailyQuotaGb: dailyCapGB',
      to: 'dailyQuotaGb: 100 * dailyCapGB',
    },
  },
  {
    name: 'every alert is written to somebody',
    check: ({ bicep }) => {
      const alerts =
        bicep.get(file)?.resources.filter(({ what }) => /metricAlerts|scheduledQueryRules/.test(what)) ?? [];
      const mute = alerts.filter(({ body }) => textAt(body, 'properties.actions')?.includes('operators.id') !== true);
      return alerts.length === 2 ? mute.map(({ name }) => name) : ['expected alerts of metrics and of logs'];
    },
    broken: { file, from: '    actions: { actionGroups: [operators.id] }\n', to: '' },
  },
  {
    name: 'queries name metrics, messages and functions that there are',
    check: (infra) => {
      const queries = queriesIn(infra);
      const messages = textOf(infra, 'shared/log.ts');
      const measured = quoted(queries, /"(switchboard\.[\w.]+)"/g);
      const said = quoted(queries, /Message has "([^"]+)"/g);
      const requests = queries.filter((query) => query.startsWith('AppRequests') || query.includes('AppRequests\n'));
      const called = quoted(
        requests.flatMap((query) => query.match(/\bName has(?:_any)? [^|]*/g) ?? []),
        /"(\w+)"/g,
      );
      const functions = functionNames(infra);
      return [
        ...measured.filter((name) => !metricsIn(infra).includes(name)),
        ...said.filter((text) => !hostMessages.includes(text) && !messages.includes(`'${text}'`)),
        ...called.filter((name) => name !== '401' && !functions.includes(`'${name}'`)),
      ];
    },
    broken: {
      file,
      from: 'Message has "A notification was given up"',
      to: 'Message has "A notification has been given up"',
    },
  },
  {
    name: 'everything that the app measures raises an alert',
    check: (infra) => {
      const measured = quoted(
        alertsIn(infra).map(({ query }) => query),
        /"(switchboard\.[\w.]+)"/g,
      );
      return metricsIn(infra).filter((metric) => !measured.includes(metric));
    },
    broken: {
      file: 'shared/telemetry/metrics.ts',
      from: "createCounter('switchboard.reconciliations'",
      to: "createCounter('switchboard.dropped'), meter.createCounter('switchboard.reconciliations'",
    },
  },
  {
    name: 'the budget is told of before it is spent',
    check: (infra) => {
      const [budget] = resourcesIn(infra, 'Microsoft.Consumption/budgets');
      const notices = budget ? within(budget.body, 'object_property') : [];
      const told = notices
        .filter((property) => childrenOf(property)[0]?.text === 'threshold')
        .map((property) => Number(childrenOf(property)[1]?.text));
      return told.some((percent) => percent < 100) ? [] : ['no notice below 100 %'];
    },
    broken: {
      file: 'infra/modules/budget.bicep',
      from: "threshold: 50, contactEmails: [email] }\n      most: { enabled: true, operator: 'GreaterThan', threshold: 80",
      to: "threshold: 150, contactEmails: [email] }\n      most: { enabled: true, operator: 'GreaterThan', threshold: 180",
    },
  },
];
