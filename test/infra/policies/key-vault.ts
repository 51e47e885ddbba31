/** Rules about Key Vault and its key, without which nothing that is encrypted in storage can be read. */
import { type Infra, resourcesIn, settingsIn, unlike, unlikeIn } from '../files.ts';
import { isExpression, textAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const type = 'Microsoft.KeyVault/vaults';
const vault = 'vaults/kv-plan';
const key = `${vault}/keys/storage`;

const isPrivate = (plan: string) => plan.startsWith('private-');
const vaults = (infra: Infra, ofPrivate: boolean) =>
  resourcesIn(infra, type).filter(({ plan }) => isPrivate(plan) === ofPrivate);

export const keyVaultPolicies: readonly Policy[] = [
  {
    name: 'a key is reached by roles, and not by access policies',
    check: (infra) => unlike(infra, type, 'properties.enableRbacAuthorization', 'true'),
    broken: { plan: 'default', resource: vault, path: 'properties.enableRbacAuthorization', to: false },
  },
  {
    name: 'a key that was deleted can be had back, and no one can purge it',
    check: (infra) => [
      ...unlike(infra, type, 'properties.enableSoftDelete', 'true'),
      ...unlike(infra, type, 'properties.enablePurgeProtection', 'true'),
      ...unlike(infra, type, 'properties.softDeleteRetentionInDays', '90'),
    ],
    broken: { plan: 'default', resource: vault, path: 'properties.enablePurgeProtection' },
  },
  {
    name: 'a private Key Vault is closed to the internet',
    check: (infra) => [
      ...unlikeIn(vaults(infra, true), 'private vault', 'properties.publicNetworkAccess', 'Disabled'),
      ...unlikeIn(vaults(infra, true), 'private vault', 'properties.networkAcls.defaultAction', 'Deny'),
      ...unlikeIn(vaults(infra, false), 'vault', 'properties.publicNetworkAccess', 'Enabled'),
    ],
    broken: {
      plan: 'private-network',
      resource: vault,
      path: 'properties.publicNetworkAccess',
      to: 'Enabled',
    },
  },
  {
    name: 'the key wraps and does nothing else',
    check: (infra) => unlike(infra, `${type}/keys`, 'properties.keyOps', '["wrapKey","unwrapKey"]'),
    broken: { plan: 'default', resource: key, path: 'properties.keyOps', to: ['wrapKey', 'unwrapKey', 'sign'] },
  },
  {
    name: 'the key is rotated, and its versions do not expire',
    check: (infra) => [
      ...unlike(infra, `${type}/keys`, 'properties.rotationPolicy.lifetimeActions.0.action.type', 'rotate'),
      ...resourcesIn(infra, `${type}/keys`)
        .filter(({ body }) => /"exp|expiryTime/.test(textAt(body, 'properties') ?? ''))
        .map(({ plan, id }) => `${plan} ${id} expires`),
    ],
    broken: { plan: 'default', resource: key, path: 'properties.rotationPolicy.attributes.expiryTime', to: 'P1Y' },
  },
  {
    name: 'the app is given the key of its vault, without a version',
    check: (infra) => {
      const given = settingsIn(infra).map(({ plan, values }) => `${plan} ${values.ENCRYPTION_KEY_URL}`);
      const isOfVault = (text: string) =>
        isExpression(text.slice(text.indexOf(' ') + 1)) && /kv-plan.*vaultUri.*storage/.test(text);
      return [
        ...given.filter((text) => !isOfVault(text)),
        ...difference(
          given.map((text) => text.replace(/ .*/, '')),
          resourcesIn(infra, `${type}/keys`).map(({ plan }) => plan),
        ),
      ];
    },
    broken: {
      plan: 'default',
      resource: 'sites/func-plan/config/appsettings',
      path: 'properties.ENCRYPTION_KEY_URL',
      to: 'https://contoso.vault.azure.net/keys/storage',
    },
  },
];
