/** Rules about what operators see, and when they are alerted. */
import { type Infra, planOf, resourcesIn, settingsIn, textOf, unlikeIn } from '../files.ts';
import { elementsAt, isExpression, type Json, membersOf, textAt, textsIn, valueAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

/** What is written down, and in which workspace. Reading the host's storage, and its queues, is the app's own work. */
const logs = [
  'allLogs of communicationServices/acs-plan to log-plan',
  'allLogs of systemTopics/evgt-plan to log-plan',
  'StorageRead,StorageWrite,StorageDelete of storageAccounts/recplan/blobServices/default to audit-plan',
  'StorageWrite,StorageDelete of storageAccounts/stplan/blobServices/default to audit-plan',
  'StorageDelete of storageAccounts/stplan/tableServices/default to audit-plan',
  'AuditEvent of vaults/kv-plan to audit-plan',
];

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
  return ['functions/callbacks.ts', 'functions/sequences.ts', 'shared/sequences/runtime/orchestration.ts']
    .map((path) => textOf(infra, path))
    .join('\n');
}

export const observabilityPolicies: readonly Policy[] = [
  {
    name: 'ACS and Event Grid write their logs to one workspace, and who did what to data is in another',
    check: (infra) => {
      const type = 'Microsoft.Insights/diagnosticSettings';
      return infra.plans
        .filter(({ name }) => name !== 'events')
        .flatMap(({ name, resources }) => {
          const found = resources
            .filter((one) => one.type === type)
            .map(({ id, body }) => {
              const what = elementsAt(body, 'properties.logs')
                .map((log) => textAt(log, 'categoryGroup') ?? textAt(log, 'category'))
                .join();
              const [, scope] = /^[^/]+\/(.*)\/Microsoft\.Insights\//.exec(id) ?? [];
              return `${what} of ${scope} to ${textAt(body, 'properties.workspaceId')?.replace(/^.*\//, '')}`;
            });
          return difference(found, logs).map((one) => `${name}: ${one}`);
        });
    },
    broken: {
      plan: 'default',
      resource: 'recplan/blobServices/default/Microsoft.Insights/diagnosticSettings/audit',
      path: 'properties.workspaceId',
      to: 'Microsoft.OperationalInsights/workspaces/log-plan',
    },
  },
  {
    name: 'logs have a daily cap, and evidence has none',
    check: (infra) => {
      const workspaces = resourcesIn(infra, 'Microsoft.OperationalInsights/workspaces');
      const [ofLogs, ofEvidence] = ['log-plan', 'audit-plan'].map((name) =>
        workspaces.filter(({ id }) => id.endsWith(`/${name}`)),
      );
      return [
        ...unlikeIn(ofLogs ?? [], 'workspace', 'properties.workspaceCapping.dailyQuotaGb', '5'),
        ...unlikeIn(ofEvidence ?? [], 'evidence', 'properties.workspaceCapping.dailyQuotaGb', '-1'),
        ...unlikeIn(ofEvidence ?? [], 'evidence', 'properties.retentionInDays', '365', '730'),
      ];
    },
    broken: {
      plan: 'default',
      resource: 'workspaces/audit-plan',
      path: 'properties.workspaceCapping.dailyQuotaGb',
      to: 5,
    },
  },
  {
    name: 'every alert is sent to the operators',
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
    name: 'no alert is switched off because a table has had no row yet',
    check: (infra) =>
      alertsIn(infra)
        .filter(
          ({ query }) =>
            query !== '' && !/^(union isfuzzy=true \w+, \(datatable\(.*\) \[\]\)|_LogOperation)\n/.test(query),
        )
        .map(({ name }) => name),
    broken: {
      plan: 'default',
      resource: 'scheduledQueryRules/recording-lost',
      path: 'properties.criteria.allOf.0.query',
      to: 'AppTraces\n| where Message has "Recording failed; no file was archived"\n| take 1',
    },
  },
  {
    name: 'alerts are posted too, where that is asked for',
    check: (infra) =>
      resourcesIn(infra, 'Microsoft.Insights/actionGroups')
        // A secure parameter has no value in a plan.
        .filter(({ body }) => !textAt(body, 'properties.webhookReceivers')?.includes("parameters('webhookUri')"))
        .map(({ plan }) => plan),
    broken: { plan: 'everything-else', resource: 'actionGroups/ag-plan', path: 'properties.webhookReceivers' },
  },
  {
    name: 'the app is called from outside, where its callers call it',
    check: (infra) =>
      resourcesIn(infra, 'Microsoft.Insights/webtests')
        .filter(({ plan, body }) => {
          const address = settingsIn(infra).find((one) => one.plan === plan)?.values.PUBLIC_BASE_URL;
          const url = textAt(body, 'properties.Request.RequestUrl') ?? '';
          return !(url === `${address}/api/health` || (isExpression(address) && url.includes('defaultHostName')));
        })
        .map(({ plan }) => plan),
    broken: {
      plan: 'everything-else',
      resource: 'webtests/health-plan',
      path: 'properties.Request.RequestUrl',
      to: 'https://func-plan.azurewebsites.net/api/health',
    },
  },
  {
    name: 'queries name metrics, messages and functions that there are',
    check: (infra) => {
      const queries = queriesIn(infra);
      const messages = textOf(infra, 'shared/log.ts');
      const measured = quoted(queries, /"(switchboard\.[\w.]+)"/g);
      const said = quoted(queries, /Message has "([^"]+)"/g);
      const called = quoted(
        queries.flatMap((query) => query.match(/\bName has [^|]*/g) ?? []),
        /"([a-z]\w+)"/gi,
      );
      const functions = functionNames(infra);
      return [
        ...measured.filter((name) => !metricsIn(infra).includes(name)),
        ...said.filter((text) => !hostMessages.includes(text) && !messages.includes(`'${text}'`)),
        ...called.filter((name) => !functions.includes(`'${name}'`)),
      ];
    },
    broken: {
      plan: 'default',
      resource: 'scheduledQueryRules/notifications-undelivered',
      path: 'properties.criteria.allOf.0.query',
      to: 'union isfuzzy=true AppTraces, (datatable(Message: string) [])\n| where Message has "No code logs this"',
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
    name: 'the budget sends a mail before it is spent',
    check: (infra) => {
      const notices = resourcesIn(infra, 'Microsoft.Consumption/budgets').map(({ plan, body }) => {
        const thresholds = Object.values(membersOf(valueAt(body, 'properties.notifications')));
        return { plan, isBeforeLimit: thresholds.some((one: Json) => Number(textAt(one, 'threshold')) < 100) };
      });
      return notices.length === 0
        ? ['no budget']
        : notices.filter(({ isBeforeLimit }) => !isBeforeLimit).map(({ plan }) => plan);
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
