/** Rules by which nothing that is deployed knows a secret, and nothing opens to one. */
import { at, elementsOf, textAt, unquoted, within } from '../bicep.ts';
import { bicepOf, resourceNamed, resourcesIn, unlike } from '../files.ts';
import type { Policy } from '../policy.ts';

const isSecretive = (text: string) => /key|secret|password|connectionstring|token/i.test(text);

export const secretPolicies: readonly Policy[] = [
  {
    name: 'no key is asked for',
    check: ({ bicep }) =>
      [...bicep].flatMap(([file, { root }]) =>
        [...within(root, 'identifier'), ...within(root, 'property_identifier')]
          .filter(({ text }) => /^list[A-Z]/.test(text))
          .map(({ text }) => `${file} ${text}`),
      ),
    broken: {
      file: 'infra/modules/app.bicep',
      from: 'AzureWebJobsStorage__accountName: hostStorage.name',
      to: 'AzureWebJobsStorage__accountName: hostStorage.listKeys().keys[0].value',
    },
  },
  {
    name: 'no output is a secret',
    check: ({ bicep }) =>
      [...bicep].flatMap(([file, { outputs }]) =>
        outputs
          .filter(({ name, value }) => isSecretive(name) || isSecretive(value?.text ?? ''))
          .map(({ name }) => `${file} ${name}`),
      ),
    broken: {
      file: 'infra/modules/monitoring.bicep',
      from: 'output appInsightsName string = appInsights.name',
      to: 'output appInsightsName string = appInsights.properties.ConnectionString',
    },
  },
  {
    name: 'the secret of notifications is read from Key Vault',
    check: (infra) => {
      const { value } = resourceNamed(infra, 'infra/modules/app.bicep', 'settings');
      const secrets = within(value, 'object_property').filter(({ text }) => text.startsWith('NOTIFY_SECRET:'));
      return secrets.length === 1
        ? secrets.map(({ text }) => text).filter((text) => !text.includes("'@Microsoft.KeyVault(SecretUri="))
        : [`${secrets.length} settings NOTIFY_SECRET`];
    },
    broken: {
      file: 'infra/modules/app.bicep',
      from: '@Microsoft.KeyVault(SecretUri=',
      to: 'whsec_(',
    },
  },
  {
    name: 'ACS takes no key',
    check: (infra) =>
      unlike(infra, 'Microsoft.Communication/communicationServices', 'properties.disableLocalAuth', 'true'),
    broken: {
      file: 'infra/modules/communication.bicep',
      from: 'disableLocalAuth: true',
      to: 'disableLocalAuth: false',
    },
  },
  {
    name: 'logs are taken by identity only',
    check: (infra) => [
      ...unlike(infra, 'Microsoft.Insights/components', 'properties.DisableLocalAuth', 'true'),
      ...unlike(infra, 'Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', 'true'),
    ],
    broken: { file: 'infra/modules/monitoring.bicep', from: '    DisableLocalAuth: true\n', to: '' },
  },
  {
    name: 'nobody publishes with a password',
    check: (infra) => {
      const [policy] = resourcesIn(infra, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
      const doors = policy && within(policy.value, 'array').flatMap(elementsOf).map(unquoted).sort().join();
      return [
        ...unlike(infra, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies', 'properties.allow', 'false'),
        ...unlike(infra, 'Microsoft.Web/sites', 'properties.siteConfig.ftpsState', 'Disabled'),
        ...(doors === 'ftp,scm' ? [] : [`doors ${doors}`]),
      ];
    },
    broken: { file: 'infra/modules/app.bicep', from: "['ftp', 'scm']", to: "['ftp']" },
  },
  {
    name: 'the package is read by identity',
    check: (infra) =>
      unlike(
        infra,
        'Microsoft.Web/sites',
        'properties.functionAppConfig.deployment.storage.authentication.type',
        'UserAssignedIdentity',
      ),
    broken: {
      file: 'infra/modules/app.bicep',
      from: "type: 'UserAssignedIdentity'",
      to: "type: 'StorageAccountConnectionString'",
    },
  },
  {
    name: 'a user-assigned identity is the only one of the app',
    check: (infra) => [
      ...unlike(infra, 'Microsoft.Web/sites', 'identity.type', 'UserAssigned'),
      ...resourcesIn(infra, 'Microsoft.Web/sites')
        .filter(({ body }) => at(body, 'identity.userAssignedIdentities')?.text.includes('identity.id') !== true)
        .map(({ file, body }) => `${file} ${textAt(body, 'identity.userAssignedIdentities')}`),
      ...(bicepOf(infra, 'infra/modules/identity.bicep').resources.length === 1 ? [] : ['more than one identity']),
    ],
    broken: { file: 'infra/modules/app.bicep', from: "type: 'UserAssigned'\n", to: "type: 'SystemAssigned'\n" },
  },
];
