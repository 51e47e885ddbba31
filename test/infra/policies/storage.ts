/** Rules about storage and the ways to it. */
import { elementsOf, textAt, unquoted } from '../bicep.ts';
import { bicepOf, resourcesIn, textOf, unlike } from '../files.ts';
import { difference, type Policy } from '../policy.ts';

const account = 'Microsoft.Storage/storageAccounts';
const recordings = 'infra/modules/recordings-storage.bicep';

export const storagePolicies: readonly Policy[] = [
  {
    name: 'shared keys of storage are off',
    check: (infra) => unlike(infra, account, 'properties.allowSharedKeyAccess', 'false'),
    broken: {
      file: 'infra/modules/host-storage.bicep',
      from: 'allowSharedKeyAccess: false',
      to: 'allowSharedKeyAccess: true',
    },
  },
  {
    name: 'no blob is public',
    check: (infra) => [
      ...unlike(infra, account, 'properties.allowBlobPublicAccess', 'false'),
      ...resourcesIn(infra, `${account}/blobServices/containers`)
        .filter(({ body }) => (textAt(body, 'properties.publicAccess') ?? 'None') !== 'None')
        .map(({ file, name }) => `${file} ${name}`),
    ],
    broken: {
      file: recordings,
      from: "  name: 'recordings'\n}",
      to: "  name: 'recordings'\n  properties: { publicAccess: 'Blob' }\n}",
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
    broken: { file: 'infra/modules/app.bicep', from: " minTlsVersion: '1.2'", to: " minTlsVersion: '1.0'" },
  },
  {
    name: 'a recording that is deleted or overwritten can be had back',
    check: ({ bicep, files }) => {
      const infra = { files, bicep: new Map([...bicep].filter(([file]) => file === recordings)) };
      const service = `${account}/blobServices`;
      return [
        ...unlike(infra, service, 'properties.isVersioningEnabled', 'true'),
        ...unlike(infra, service, 'properties.deleteRetentionPolicy.enabled', 'true'),
        ...unlike(infra, service, 'properties.containerDeleteRetentionPolicy.enabled', 'true'),
      ];
    },
    broken: { file: recordings, from: 'isVersioningEnabled: true', to: 'isVersioningEnabled: false' },
  },
  {
    name: 'a private account lets Event Grid in, and nobody else by the internet',
    check: (infra) => {
      const { resources } = bicepOf(infra, 'infra/modules/host-storage.bicep');
      const acls = resources.map(({ body }) => textAt(body, 'properties.networkAcls')).find(Boolean) ?? '';
      return [/defaultAction: isPrivate \? 'Deny' : 'Allow'/, /bypass: 'AzureServices'/]
        .filter((wanted) => !wanted.test(acls))
        .map(String);
    },
    broken: { file: 'infra/modules/host-storage.bicep', from: "bypass: 'AzureServices'", to: "bypass: 'None'" },
  },
  {
    name: 'there is a queue for each that the app uses, and for what it gave up',
    check: (infra) => {
      const used = Object.keys(infra.files)
        .filter((file) => file.startsWith('shared/'))
        .flatMap((file) => [...textOf(infra, file).matchAll(/queueName\(tablePrefix, '([^']+)'\)/g)])
        .flatMap(([, name]) => [`${name}`, `${name}-poison`]);
      const { vars } = bicepOf(infra, 'infra/modules/host-storage.bicep');
      const made = elementsOf(vars.find(({ name }) => name === 'queueNames')?.value).map(unquoted);
      return used.length < 4 ? ['the app uses no queue'] : difference(used, made);
    },
    broken: { file: 'infra/modules/host-storage.bicep', from: "'recording-files-poison'", to: "'recordings-poison'" },
  },
];
