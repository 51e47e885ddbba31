/** Rules about what operators get to see, and when they are told. */
import { type Infra, planOf, resourcesIn, textOf, unlike } from '../files.ts';
import { elementsAt, type Json, membersOf, textAt, textsIn, valueAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const alertTypes = ['Microsoft.Insights/metricAlerts', 'Microsoft.Insights/scheduledQueryRules'];

/** What the app measures, by name. */
const metricsIn = (infra: Infra) => quoted([textOf(infra, 'shared/telemetry/metrics.ts')], /'(switchboard\.[\w.]+)'/g);

/** What the host says when it gives a message up. */
const hostMessages = ['MaxDequeueCount'];

/** Every alert of the usual deployment, and its query if it has one. */
export function alertsIn(infra: Infra): readonly { name: string; query: string }[] {
  return planOf(infra, 'default')
    .resources.filter(({ type }) => alertTypes.includes(type))
    .map(({ id, body }) => ({
      name: id.replace(/^.*\//, ''),
      query: textAt(body, 'properties.criteria.allOf.0.query') ?? '',
    }));
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
      const scopes = planOf(infra, 'default')
        .resources.filter((one) => one.type === type)
        .map(({ id }) => id.replace(/\/Microsoft\.Insights\/diagnosticSettings\/.*$/, ''));
      return [
        ...unlike(infra, type, 'properties.workspaceId', 'Microsoft.OperationalInsights/workspaces/log-plan'),
        ...difference(scopes, [
          'Microsoft.Communication/communicationServices/acs-plan',
          'Microsoft.EventGrid/systemTopics/evgt-plan',
          'Microsoft.Storage/storageAccounts/recplan/blobServices/default',
        ]),
      ];
    },
    broken: { plan: 'default', resource: 'systemTopics/evgt-plan/Microsoft.Insights/diagnosticSettings/logs' },
  },
  {
    name: 'logs have a daily cap',
    check: (infra) =>
      unlike(infra, 'Microsoft.OperationalInsights/workspaces', 'properties.workspaceCapping.dailyQuotaGb', '5'),
    broken: { plan: 'default', resource: 'workspaces/log-plan', path: 'properties.workspaceCapping' },
  },
  {
    name: 'every alert is written to somebody',
    check: (infra) => {
      const alerts = alertTypes.map((type) => resourcesIn(infra, type));
      return [
        ...(alerts.every(({ length }) => length > 0) ? [] : ['expected alerts of metrics and of logs']),
        ...alerts
          .flat()
          .filter(
            ({ body }) =>
              !textsIn(valueAt(body, 'properties.actions') ?? null).includes('Microsoft.Insights/actionGroups/ag-plan'),
          )
          .map(({ plan, id }) => `${plan} ${id}`),
      ];
    },
    broken: { plan: 'default', resource: 'scheduledQueryRules/many-calls', path: 'properties.actions' },
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
      plan: 'default',
      resource: 'scheduledQueryRules/notifications-given-up',
      path: 'properties.criteria.allOf.0.query',
      to: 'AppTraces\n| where Message has "A notification has been given up"',
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
      const notices = resourcesIn(infra, 'Microsoft.Consumption/budgets').map(({ plan, body }) => {
        const thresholds = Object.values(membersOf(valueAt(body, 'properties.notifications')));
        return { plan, isEarly: thresholds.some((one: Json) => Number(textAt(one, 'threshold')) < 100) };
      });
      return notices.length === 0 ? ['no budget'] : notices.filter(({ isEarly }) => !isEarly).map(({ plan }) => plan);
    },
    broken: {
      plan: 'default',
      resource: 'budgets/monthly',
      path: 'properties.notifications',
      to: { all: { enabled: true, operator: 'GreaterThan', threshold: 100, contactEmails: ['operators@contoso.com'] } },
    },
  },
  {
    name: 'the workbook is the one whose queries are in the docs',
    check: (infra) =>
      resourcesIn(infra, 'Microsoft.Insights/workbooks')
        .filter(
          ({ body }) => elementsAt(JSON.parse(textAt(body, 'properties.serializedData') ?? '{}'), 'items').length === 0,
        )
        .map(({ plan }) => plan),
    broken: { plan: 'default', resource: 'workbooks/*', path: 'properties.serializedData', to: '{}' },
  },
];
