/** Rules about the settings of the app: all it asks for, and none that nobody reads. */
import { schedulerProvider } from '../../../local/build/deployable.ts';
import { readConfig } from '../../../shared/config.ts';
import { childrenOf, within } from '../bicep.ts';
import { type Infra, resourceNamed, textOf, unlike } from '../files.ts';
import type { Policy } from '../policy.ts';

const file = 'infra/modules/app.bicep';

/** What the platform reads: the host, its extensions, and Azure's identity library. */
const platformSettings = [
  'AZURE_CLIENT_ID',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
  schedulerProvider.connectionStringName,
];

/** Values of the kind that Azure gives. */
const values: Readonly<Record<string, string>> = {
  ACS_RESOURCE_ID: '5c1f3b0e-7c1a-4a7e-9f61-0c7d2f3f4a55',
  AZURE_CLIENT_ID: '2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f',
  AzureWebJobsStorage__accountName: 'stabcdefghijklm',
  AzureWebJobsStorage__clientId: '2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f',
  APPLICATIONINSIGHTS_CONNECTION_STRING:
    'InstrumentationKey=5c1f3b0e-7c1a-4a7e-9f61-0c7d2f3f4a55;IngestionEndpoint=https://insights.example.com/',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=2f9e2d0c-3a44-4f7c-8a4e-6f1b1d2c3e4f;Authorization=AAD',
  NOTIFY_SECRET: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
};

/** The names of the settings, those that depend on a parameter too. */
function settingsIn(infra: Infra): readonly string[] {
  const { body } = resourceNamed(infra, file, 'settings');
  const objects = within(body, 'arguments').flatMap((list) => within(list, 'object_property'));
  return objects.map((property) => childrenOf(property)[0]?.text ?? '');
}

function startWith(names: readonly string[]): readonly string[] {
  const environment = names.map((name) => [name, values[name] ?? 'https://contoso.example.com/']);
  try {
    readConfig(Object.fromEntries(environment));
    return [];
  } catch (error) {
    return [String(error)];
  }
}

export const settingPolicies: readonly Policy[] = [
  {
    name: 'the app starts with the settings that it is given',
    check: (infra) => startWith(settingsIn(infra)),
    broken: { file, from: '    ACS_RESOURCE_ID: acs.properties.immutableResourceId\n', to: '' },
  },
  {
    name: 'every setting is read by the app or the platform',
    check: (infra) => {
      const sources = Object.keys(infra.files).filter((path) => /^shared\/(.*\/)?(config|settings)\.ts$/.test(path));
      const read = sources.flatMap((path) => [
        ...textOf(infra, path).matchAll(/^ {2,4}(\w+): z$|^ {2,4}(\w+): [\w.]+\(/gm),
      ]);
      const known = [...platformSettings, ...read.map(([, one, other]) => one ?? other)];
      return settingsIn(infra).filter((name) => !known.includes(name));
    },
    broken: { file, from: 'COGNITIVE_SERVICES_ENDPOINT:', to: 'COGNITIVE_ENDPOINT:' },
  },
  {
    name: 'settings of the deployment win over those that a user adds',
    check: (infra) => {
      const { value } = resourceNamed(infra, file, 'settings');
      return /properties: union\(appSettings, \{/.test(value.text) ? [] : ['appSettings is not the first of the union'];
    },
    broken: { file, from: 'union(appSettings, {', to: 'union({}, appSettings, {' },
  },
  {
    name: 'the runtime is the one that the app is tested on',
    check: (infra) => {
      const { parameters } = JSON.parse(textOf(infra, 'infra/main.parameters.json'));
      const { devDependencies } = JSON.parse(textOf(infra, 'package.json'));
      const [major] = String(devDependencies.node).split('.');
      const deployed = parameters.nodeVersion.value;
      return [
        ...(deployed === `\${NODE_VERSION=${major}}` ? [] : [`${deployed} is not ${major}`]),
        ...unlike(infra, 'Microsoft.Web/sites', 'properties.functionAppConfig.runtime.name', 'node'),
      ];
    },
    broken: { file: 'package.json', from: '"node": "22.', to: '"node": "24.' },
  },
];
