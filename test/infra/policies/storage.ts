/** Rules about storage and the ways to it. */
import { type Infra, resourcesIn, textOf, unlike, unlikeIn } from '../files.ts';
import { textAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const account = 'Microsoft.Storage/storageAccounts';

const isPrivate = (plan: string) => plan.startsWith('private-');

const hostStorages = (infra: Infra) => resourcesIn(infra, account).filter(({ id }) => id.endsWith('/stplan'));

export const storagePolicies: readonly Policy[] = [
  {
    name: 'shared keys of storage are off',
    check: (infra) => unlike(infra, account, 'properties.allowSharedKeyAccess', 'false'),
    broken: {
      plan: 'default',
      resource: 'storageAccounts/stplan',
      path: 'properties.allowSharedKeyAccess',
      to: true,
    },
  },
  {
    name: 'no blob is public',
    check: (infra) => [
      ...unlike(infra, account, 'properties.allowBlobPublicAccess', 'false'),
      ...resourcesIn(infra, `${account}/blobServices/containers`)
        .filter(({ body }) => (textAt(body, 'properties.publicAccess') ?? 'None') !== 'None')
        .map(({ plan, id }) => `${plan} ${id}`),
    ],
    broken: {
      plan: 'default',
      resource: 'recplan/blobServices/default/containers/recordings',
      path: 'properties.publicAccess',
      to: 'Blob',
    },
  },
  {
    name: 'TLS 1.2 or newer, and nothing without it',
    check: (infra) => [
      ...unlike(infra, account, 'properties.minimumTlsVersion', 'TLS1_2', 'TLS1_3'),
      ...unlike(infra, account, 'properties.supportsHttpsTrafficOnly', 'true'),
      ...unlike(infra, 'Microsoft.Web/sites', 'properties.httpsOnly', 'true'),
      ...unlike(infra, 'Microsoft.Web/sites', 'properties.siteConfig.minTlsVersion', '1.2', '1.3'),
      ...unlike(infra, 'Microsoft.Web/sites', 'properties.siteConfig.scmMinTlsVersion', '1.2', '1.3'),
    ],
    broken: {
      plan: 'default',
      resource: 'Microsoft.Web/sites/func-plan',
      path: 'properties.siteConfig.minTlsVersion',
      to: '1.0',
    },
  },
  {
    name: 'a recording that is deleted or overwritten can be had back',
    check: (infra) => {
      const services = resourcesIn(infra, `${account}/blobServices`).filter(({ id }) => id.includes('/recplan/'));
      return ['isVersioningEnabled', 'deleteRetentionPolicy.enabled', 'containerDeleteRetentionPolicy.enabled'].flatMap(
        (path) => unlikeIn(services, 'storage of recordings', `properties.${path}`, 'true'),
      );
    },
    broken: {
      plan: 'default',
      resource: 'recplan/blobServices/default',
      path: 'properties.isVersioningEnabled',
      to: false,
    },
  },
  {
    name: 'recordings are immutable where that is asked for, and by time only',
    check: (infra) => {
      const accounts = resourcesIn(infra, account).filter(({ id }) => id.endsWith('/recplan'));
      const path = 'properties.immutableStorageWithVersioning';
      return [
        ...unlikeIn(
          accounts.filter(({ plan }) => plan !== 'recordings'),
          'storage of recordings',
          path,
          'null',
        ),
        ...unlikeIn(
          accounts.filter(({ plan }) => plan === 'recordings'),
          'immutable storage',
          `${path}.immutabilityPolicy`,
          '{"immutabilityPeriodSinceCreationInDays":90,"state":"Unlocked","allowProtectedAppendWrites":false}',
        ),
      ];
    },
    broken: {
      plan: 'recordings',
      resource: 'storageAccounts/recplan',
      path: 'properties.immutableStorageWithVersioning.immutabilityPolicy.state',
      to: 'Locked',
    },
  },
  {
    name: 'a private account lets Event Grid in, and nothing else from the internet',
    check: (infra) => [
      ...unlikeIn(
        hostStorages(infra).filter(({ plan }) => isPrivate(plan)),
        'private account',
        'properties.networkAcls',
        '{"defaultAction":"Deny","bypass":"AzureServices"}',
      ),
      ...unlikeIn(
        hostStorages(infra).filter(({ plan }) => !isPrivate(plan)),
        'account',
        'properties.networkAcls.defaultAction',
        'Allow',
      ),
    ],
    broken: {
      plan: 'private-network',
      resource: 'storageAccounts/stplan',
      path: 'properties.networkAcls.bypass',
      to: 'None',
    },
  },
  {
    name: 'what is private has an endpoint, and a name that leads there',
    check: (infra) => {
      const endpoints = resourcesIn(infra, 'Microsoft.Network/privateEndpoints').map(({ plan, body }) => {
        const [resource, part] = ['privateLinkServiceId', 'groupIds.0'].map((path) =>
          textAt(body, `properties.privateLinkServiceConnections.0.properties.${path}`),
        );
        return `${plan}: ${part} of ${resource}`;
      });
      const records = resourcesIn(infra, 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups').map(
        ({ plan, body }) => `${plan} ${textAt(body, 'properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId')}`,
      );
      // The zone's name has the domain of the cloud, which only Azure knows: both have the same expression.
      const zones = resourcesIn(infra, 'Microsoft.Network/privateDnsZones').map(({ plan, id }) => `${plan} ${id}`);
      const links = resourcesIn(infra, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks').map(
        ({ plan, body }) => `${plan} ${textAt(body, 'properties.virtualNetwork.id')}`,
      );
      const wanted = infra.plans
        .filter(({ name }) => isPrivate(name))
        .flatMap(({ name, resources }) => [
          ...['blob', 'queue', 'table'].map((part) => `${name}: ${part} of ${account}/stplan`),
          `${name}: vault of Microsoft.KeyVault/vaults/kv-plan`,
          ...resources
            .filter(({ type }) => type === 'Microsoft.DurableTask/schedulers')
            .map(({ id }) => `${name}: scheduler of ${id}`),
        ]);
      return [
        ...difference(endpoints, wanted),
        ...difference(records, zones),
        ...(links.length === zones.length ? [] : [`${links.length} of ${zones.length} zones are known in the network`]),
      ];
    },
    broken: { plan: 'private-network', resource: 'vnet-plan-queue/privateDnsZoneGroups/default' },
  },
  {
    name: 'a private scheduler is closed to the internet',
    check: (infra) => {
      const schedulers = resourcesIn(infra, 'Microsoft.DurableTask/schedulers');
      return [
        ...unlikeIn(
          schedulers.filter(({ plan }) => isPrivate(plan)),
          'private scheduler',
          'properties.publicNetworkAccess',
          'Disabled',
        ),
        ...unlikeIn(
          schedulers.filter(({ plan }) => !isPrivate(plan)),
          'scheduler',
          'properties.publicNetworkAccess',
          'Enabled',
        ),
      ];
    },
    broken: {
      plan: 'private-scheduler',
      resource: 'schedulers/dts-plan',
      path: 'properties.publicNetworkAccess',
      to: 'Enabled',
    },
  },
  {
    name: 'what cannot be had back is locked, where that is asked for',
    check: (infra) => {
      const locked = resourcesIn(infra, 'Microsoft.Authorization/locks').map(
        ({ plan, id, body }) => `${plan} ${textAt(body, 'properties.level')} ${id.split('/')[2]}`,
      );
      const wanted = ['stplan', 'recplan', 'kv-plan', 'audit-plan', 'acs-plan'];
      return difference(
        locked,
        wanted.map((name) => `everything-else CanNotDelete ${name}`),
      );
    },
    broken: { plan: 'everything-else', resource: 'acs-plan/Microsoft.Authorization/locks/keep' },
  },
  {
    name: 'there is a queue for each that the app uses, and its poison queue',
    check: (infra) => {
      const [, list = ''] = /appQueues = \[(.*)\]/.exec(textOf(infra, 'shared/storage/queues.ts')) ?? [];
      const used = [...list.matchAll(/'([\w-]+)'/g)].flatMap(([, name]) => [`${name}`, `${name}-poison`]);
      const made = resourcesIn(infra, `${account}/queueServices/queues`);
      return [
        ...(used.length === 0 ? ['the app uses no queue'] : []),
        ...hostStorages(infra).flatMap(({ plan }) => {
          const there = made.filter((one) => one.plan === plan).map(({ id }) => id.replace(/^.*\//, ''));
          return used.filter((name) => !there.includes(name)).map((name) => `${plan}: no ${name}`);
        }),
      ];
    },
    broken: {
      file: 'shared/storage/queues.ts',
      from: "'recording-files', 'notifications'",
      to: "'recording-files', 'unused'",
    },
  },
];
