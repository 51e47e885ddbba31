/** Rules by which nothing that is deployed knows a secret, and nothing opens to one. */
import { resourcesIn, settingsIn, unlike } from '../files.ts';
import { membersOf, textAt, textsIn } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const isSecretive = (text: string) => /key|secret|password|connectionstring|token/i.test(text);

const site = 'Microsoft.Web/sites/func-plan';

export const secretPolicies: readonly Policy[] = [
  {
    name: 'no key is asked for',
    check: ({ plans }) =>
      plans.flatMap(({ name, resources, outputs }) =>
        textsIn([outputs, ...resources.map(({ body }) => body)])
          .filter((text) => text.startsWith('[') && /\blist[A-Z]\w*\(/.test(text))
          .map((text) => `${name}: ${text}`),
      ),
    broken: {
      plan: 'default',
      resource: `${site}/config/appsettings`,
      path: 'properties.AZURE_CLIENT_ID',
      to: "[listKeys('stplan', '2026-04-01').keys[0].value]",
    },
  },
  {
    name: 'no output is a secret',
    check: ({ plans }) =>
      plans.flatMap(({ name, outputs }) =>
        Object.entries(outputs)
          .filter(([output, value]) => [output, ...textsIn(value)].some(isSecretive))
          .map(([output]) => `${name}: ${output}`),
      ),
    broken: {
      plan: 'default',
      path: 'outputs.ACS_NAME',
      to: "[reference('Microsoft.Insights/components/appi-plan', '2020-02-02').ConnectionString]",
    },
  },
  {
    name: 'the secret of notifications is read from Key Vault',
    check: (infra) => {
      const secrets = settingsIn(infra).flatMap(({ values }) => values.NOTIFY_SECRET ?? []);
      return secrets.length === 1
        ? secrets.map(String).filter((text) => !/^@Microsoft\.KeyVault\(SecretUri=https:.*\)$/.test(text))
        : [`${secrets.length} settings NOTIFY_SECRET`];
    },
    broken: {
      plan: 'everything-else',
      resource: `${site}/config/appsettings`,
      path: 'properties.NOTIFY_SECRET',
      to: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    },
  },
  {
    name: 'ACS takes no key',
    check: (infra) =>
      unlike(infra, 'Microsoft.Communication/communicationServices', 'properties.disableLocalAuth', 'true'),
    broken: {
      plan: 'default',
      resource: 'communicationServices/acs-plan',
      path: 'properties.disableLocalAuth',
      to: false,
    },
  },
  {
    name: 'logs are taken by identity only',
    check: (infra) => [
      ...unlike(infra, 'Microsoft.Insights/components', 'properties.DisableLocalAuth', 'true'),
      ...unlike(infra, 'Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', 'true'),
    ],
    broken: { plan: 'default', resource: 'components/appi-plan', path: 'properties.DisableLocalAuth' },
  },
  {
    name: 'publishing with a password is disabled',
    check: (infra) => {
      const type = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';
      const doors = resourcesIn(infra, type).map(({ plan, id }) => `${plan} ${id}`);
      const wanted = resourcesIn(infra, 'Microsoft.Web/sites').flatMap(({ plan, id }) =>
        ['ftp', 'scm'].map((door) => `${plan} ${id}/basicPublishingCredentialsPolicies/${door}`),
      );
      return [...unlike(infra, type, 'properties.allow', 'false'), ...difference(doors, wanted)];
    },
    broken: { plan: 'default', resource: 'basicPublishingCredentialsPolicies/ftp' },
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
      plan: 'default',
      resource: site,
      path: 'properties.functionAppConfig.deployment.storage.authentication.type',
      to: 'StorageAccountConnectionString',
    },
  },
  {
    name: 'a user-assigned identity is the only one of the app',
    check: (infra) => {
      const identities = resourcesIn(infra, 'Microsoft.ManagedIdentity/userAssignedIdentities');
      const sites = resourcesIn(infra, 'Microsoft.Web/sites');
      return [
        ...unlike(infra, 'Microsoft.Web/sites', 'identity.type', 'UserAssigned'),
        ...difference(
          identities.map(({ plan, id }) => `${plan} ${id}`),
          sites.flatMap(({ plan, body }) =>
            Object.keys(membersOf(membersOf(membersOf(body).identity).userAssignedIdentities)).map(
              (id) => `${plan} ${id}`,
            ),
          ),
        ),
        ...sites
          .filter(({ body }) => textAt(body, 'properties.keyVaultReferenceIdentity') !== identities[0]?.id)
          .map(({ plan }) => `${plan}: another identity reads Key Vault`),
      ];
    },
    broken: { plan: 'default', resource: site, path: 'identity.type', to: 'SystemAssigned' },
  },
];
