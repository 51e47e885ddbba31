/** Rules about the settings of the app and its site: all they ask for, and none that is never read or that Azure refuses. */
import { schedulerProvider } from '../../../local/build/deployable.ts';
import { readConfig } from '../../../shared/config.ts';
import { resourcesIn, settingsIn, textOf, unlike, unlikeIn } from '../files.ts';
import { elementsAt, isExpression, type Json, membersOf, textAt, valueAt } from '../plan.ts';
import type { Policy } from '../policy.ts';

const settings = 'Microsoft.Web/sites/func-plan/config/appsettings';
const site = 'Microsoft.Web/sites/func-plan';

/** What the platform reads: the host, its extensions, and Azure's identity library. */
const platformSettings = [
  'AZURE_CLIENT_ID',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
  'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  schedulerProvider.connectionStringName,
];

/** What Flex Consumption takes of a site's configuration; it refuses most of the rest (ARM 51021), ftpsState among it. */
const siteConfig = ['http20Enabled', 'minTlsVersion', 'scmMinTlsVersion'];

/** Values of the kind that Azure gives, for those that are known only there. */
const values: Readonly<Record<string, string>> = {
  ACS_RESOURCE_ID: '5c1f3b0e-7c1a-4a7e-9f61-0c7d2f3f4a55',
  // Plans shorten ids.
  ACS_EVENT_TOPIC: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/communicationServices/acs',
  AZURE_CLIENT_ID: '2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f',
  AzureWebJobsStorage__clientId: '2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f',
  APPLICATIONINSIGHTS_CONNECTION_STRING:
    'InstrumentationKey=5c1f3b0e-7c1a-4a7e-9f61-0c7d2f3f4a55;IngestionEndpoint=https://insights.example.com/',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f;Authorization=AAD',
  ENCRYPTION_KEY_URL: 'https://contoso.vault.azure.net/keys/storage',
  // The platform puts the secret in the place of its address.
  NOTIFY_SECRET: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
};

const given = (name: string, planned: Json) =>
  values[name] ?? (isExpression(planned) ? 'https://contoso.example.com/' : String(planned));

export const settingPolicies: readonly Policy[] = [
  {
    name: 'the app starts with the settings that it is given',
    check: (infra) =>
      settingsIn(infra).flatMap(({ plan, values: planned }) => {
        try {
          readConfig(Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, given(name, value)])));
          return [];
        } catch (error) {
          return [`${plan}: ${error}`];
        }
      }),
    broken: { plan: 'scheduler', resource: settings, path: 'properties.ACS_RESOURCE_ID' },
  },
  {
    name: 'every setting is read by the app or the platform',
    check: (infra) => {
      const sources = Object.keys(infra.files).filter((path) => /^shared\/(.*\/)?(config|settings)\.ts$/.test(path));
      const read = sources.flatMap((path) => [
        ...textOf(infra, path).matchAll(/^ {2,4}(\w+): z$|^ {2,4}(\w+): [\w.]+\(/gm),
      ]);
      const known = [...platformSettings, ...read.map(([, one, other]) => one ?? other)];
      return settingsIn(infra).flatMap(({ plan, values: planned }) =>
        Object.keys(planned)
          .filter((name) => !known.includes(name))
          .map((name) => `${plan}: ${name}`),
      );
    },
    broken: { plan: 'default', resource: settings, path: 'properties.COGNITIVE_ENDPOINT', to: 'https://contoso.com/' },
  },
  {
    name: 'settings of the deployment win over those that a user adds',
    check: (infra) => {
      const found = settingsIn(infra).find(({ plan }) => plan === 'everything-else')?.values ?? {};
      const [added, own] = [membersOf(found).RETENTION_DAYS, membersOf(found).ACS_ENDPOINT];
      return added === '30' && isExpression(own) ? [] : [`RETENTION_DAYS ${added}, ACS_ENDPOINT ${own}`];
    },
    broken: {
      plan: 'everything-else',
      resource: settings,
      path: 'properties.ACS_ENDPOINT',
      to: 'https://elsewhere.example.com',
    },
  },
  {
    name: 'callers are known by Entra, or by API keys where those are asked for, whatever a user adds',
    check: (infra) =>
      settingsIn(infra)
        .filter(({ plan, values: planned }) => {
          const mode = plan === 'everything-else' ? 'keys' : 'entra';
          const isEntra = planned.ENTRA_AUDIENCE !== undefined && planned.ENTRA_TENANT_ID !== undefined;
          return planned.AUTH_MODE !== mode || isEntra !== (mode === 'entra');
        })
        .map(({ plan, values: planned }) => `${plan}: ${planned.AUTH_MODE}`),
    broken: { plan: 'default', resource: settings, path: 'properties.AUTH_MODE', to: 'keys' },
  },
  {
    name: 'numbers are dialed in the countries that the deployment asks for, whatever a user adds',
    check: (infra) =>
      settingsIn(infra)
        .filter(({ values: planned }) => planned.ALLOWED_COUNTRIES !== 'US,CA')
        .map(({ plan, values: planned }) => `${plan}: ${planned.ALLOWED_COUNTRIES}`),
    broken: { plan: 'default', resource: settings, path: 'properties.ALLOWED_COUNTRIES', to: '*' },
  },
  {
    name: 'the site is configured with what Flex Consumption takes',
    check: (infra) =>
      resourcesIn(infra, 'Microsoft.Web/sites').flatMap(({ plan, body }) =>
        Object.keys(membersOf(membersOf(membersOf(body).properties).siteConfig))
          .filter((name) => !siteConfig.includes(name))
          .map((name) => `${plan}: ${name}`),
      ),
    broken: { plan: 'default', resource: site, path: 'properties.siteConfig.ftpsState', to: 'Disabled' },
  },
  {
    name: 'the runtime is the one that the app is tested on',
    check: (infra) => {
      const { devDependencies } = JSON.parse(textOf(infra, 'package.json'));
      const [major = ''] = String(devDependencies.node).split('.');
      const runtime = 'properties.functionAppConfig.runtime';
      return [
        ...unlike(infra, 'Microsoft.Web/sites', `${runtime}.version`, major),
        ...unlike(infra, 'Microsoft.Web/sites', `${runtime}.name`, 'node'),
      ];
    },
    broken: { file: 'package.json', from: '"node": "22.', to: '"node": "24.' },
  },
  {
    name: 'the app scales as the parameters say, and two instances of a group stand in for each other',
    check: (infra) => {
      const sites = resourcesIn(infra, 'Microsoft.Web/sites');
      const scaling = 'properties.functionAppConfig.scaleAndConcurrency';
      const usual = sites.filter(({ plan }) => plan === 'default');
      return [
        ...unlikeIn(sites, 'site', `${scaling}.maximumInstanceCount`, '40'),
        ...unlikeIn(sites, 'site', `${scaling}.instanceMemoryMB`, '2048'),
        ...unlikeIn(sites, 'site', `${scaling}.triggers.http.perInstanceConcurrency`, '64'),
        ...usual.flatMap(({ body }) =>
          elementsAt(body, `${scaling}.alwaysReady`)
            .filter((group) => valueAt(group, 'instanceCount') !== 2)
            .map((group) => `${textAt(group, 'name')}`),
        ),
      ];
    },
    broken: {
      plan: 'default',
      resource: site,
      path: 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady.0.instanceCount',
      to: 1,
    },
  },
  {
    name: 'a deployment lets instances finish what they have started',
    check: (infra) =>
      unlike(infra, 'Microsoft.Web/sites', 'properties.functionAppConfig.siteUpdateStrategy.type', 'RollingUpdate'),
    broken: { plan: 'default', resource: site, path: 'properties.functionAppConfig.siteUpdateStrategy' },
  },
  {
    name: 'instances are in several zones, where that is asked for',
    check: (infra) => {
      const plans = resourcesIn(infra, 'Microsoft.Web/serverfarms');
      const path = 'properties.zoneRedundant';
      return [
        ...unlikeIn(
          plans.filter(({ plan }) => plan === 'everything-else'),
          'plan in zones',
          path,
          'true',
        ),
        ...unlikeIn(
          plans.filter(({ plan }) => plan !== 'everything-else'),
          'plan',
          path,
          'false',
        ),
      ];
    },
    broken: { plan: 'everything-else', resource: 'serverfarms/plan-plan', path: 'properties.zoneRedundant', to: false },
  },
  {
    name: 'the platform reads larger bodies than the app takes, and none that are large',
    check: (infra) => {
      const [, ofApp] = /maxBodyBytes = (\d+) \* 1024;/.exec(textOf(infra, 'shared/http/read-body.ts')) ?? [];
      return settingsIn(infra)
        .filter(({ values: planned }) => {
          const limit = Number(planned.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT);
          return !(limit > Number(ofApp) * 1024 && limit <= 2 ** 20);
        })
        .map(({ plan }) => plan);
    },
    broken: {
      plan: 'default',
      resource: settings,
      path: 'properties.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT',
      to: '104857600',
    },
  },
];
