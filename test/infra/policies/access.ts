/** Rules about roles: who has which, and where. */
import { type Infra, type Planned, planOf, resourcesIn, textOf } from '../files.ts';
import { textAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** Azure's built-in roles, by the ids that its documentation gives them. */
const roles: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': 'Storage Blob Data Contributor',
  'db58b8e5-c6ad-4a2a-8342-4190687cbf4a': 'Storage Blob Delegator',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '09976791-48a7-449e-bb21-39d1a415f350': 'Communication and Email Service Owner',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  'e147488a-f6f5-4113-8e2d-b22465e65bf6': 'Key Vault Crypto Service Encryption User',
  '0ad04412-c4d5-4796-b79c-f76d14c8d402': 'Durable Task Data Contributor',
};

const app = 'userAssignedIdentities/id-plan';
const hostStorage = 'storageAccounts/stplan';
const recordings = 'storageAccounts/recplan/blobServices/default/containers/recordings';

/** Who has a role, and where. */
const grants = [
  `${app} is Storage Blob Data Owner at ${hostStorage}`,
  `${app} is Storage Queue Data Contributor at ${hostStorage}`,
  `${app} is Storage Table Data Contributor at ${hostStorage}`,
  `${app} is Storage Blob Data Contributor at ${recordings}`,
  `${app} is Storage Blob Delegator at storageAccounts/recplan`,
  `communicationServices/acs-plan is Storage Blob Data Contributor at ${recordings}`,
  `systemTopics/evgt-plan is Storage Blob Data Contributor at ${hostStorage}/blobServices/default/containers/dead-letters`,
  `systemTopics/evgt-plan is Storage Queue Data Message Sender at ${hostStorage}/queueServices/default/queues/incoming-calls`,
  `systemTopics/evgt-plan is Storage Queue Data Message Sender at ${hostStorage}/queueServices/default/queues/call-events`,
  `systemTopics/evgt-plan is Storage Queue Data Message Sender at ${hostStorage}/queueServices/default/queues/recording-files`,
  `${app} is Communication and Email Service Owner at communicationServices/acs-plan`,
  `${app} is Key Vault Crypto Service Encryption User at vaults/kv-plan/keys/storage`,
  `${app} is Monitoring Metrics Publisher at components/appi-plan`,
];

/** Where Durable Task Scheduler keeps the state of orchestrations. */
const grantsOfScheduler = [`${app} is Durable Task Data Contributor at schedulers/dts-plan/taskHubs/Switchboard`];

const atAcs = 'communicationServices/acs-plan/Microsoft.Authorization/roleAssignments/*';

const scopeOf = ({ id }: Planned) => id.replace(/\/Microsoft\.Authorization\/.*$/, '');
const withoutProvider = (id: string) => id.replace(/^Microsoft\.\w+\//, '');

function grantOf(one: Planned): string {
  const who = /reference\('([^']+)'/.exec(textAt(one.body, 'properties.principalId') ?? '')?.[1] ?? 'none';
  const role = textAt(one.body, 'properties.roleDefinitionId')?.replace(/^.*\//, '') ?? '';
  return `${withoutProvider(who)} is ${roles[role] ?? role} at ${withoutProvider(scopeOf(one))}`;
}

const grantsIn = (infra: Infra, plan: string) => resourcesIn(infra, type).filter((one) => one.plan === plan);

export const accessPolicies: readonly Policy[] = [
  {
    name: 'no identity has a role beyond the list',
    check: (infra) =>
      infra.plans
        .filter(({ name }) => name !== 'events')
        .flatMap(({ name, resources }) => {
          const hasScheduler = resources.some((one) => one.type === 'Microsoft.DurableTask/schedulers');
          const wanted = [...grants, ...(hasScheduler ? grantsOfScheduler : [])];
          return difference(grantsIn(infra, name).map(grantOf), wanted).map((one) => `${name}: ${one}`);
        }),
    broken: {
      plan: 'scheduler',
      resource: atAcs,
      path: 'properties.roleDefinitionId',
      to: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    },
  },
  {
    name: 'a role is granted at what is there',
    check: (infra) =>
      resourcesIn(infra, type)
        .filter((one) => !planOf(infra, one.plan).resources.some(({ id }) => id === scopeOf(one)))
        .map((one) => `${one.plan}: ${scopeOf(one)}`),
    broken: { plan: 'default', resource: 'containers/recordings' },
  },
  {
    name: 'a role that is granted again is the same one',
    check: (infra) => {
      const ids = resourcesIn(infra, type).map(({ plan, id }) => `${plan} ${id}`);
      return ids.filter(
        (id, index) => !/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) || ids.indexOf(id) < index,
      );
    },
    broken: {
      plan: 'scheduler',
      resource: 'taskHubs/Switchboard/Microsoft.Authorization/roleAssignments/*',
      path: 'id',
      to: 'Microsoft.DurableTask/schedulers/dts-plan/taskHubs/Switchboard/Microsoft.Authorization/roleAssignments/[newGuid()]',
    },
  },
  {
    name: 'an identity that is new is not taken for one that is missing',
    check: (infra) =>
      resourcesIn(infra, type)
        .filter(({ body }) => textAt(body, 'properties.principalType') !== 'ServicePrincipal')
        .map(({ plan, id }) => `${plan} ${id}`),
    broken: { plan: 'default', resource: atAcs, path: 'properties.principalType' },
  },
  {
    name: 'roles are granted where they are looked for',
    check: (infra) =>
      Object.keys(infra.files).filter(
        (file) =>
          file.endsWith('.bicep') &&
          !['infra/modules/access.bicep', 'infra/modules/scheduler.bicep'].includes(file) &&
          textOf(infra, file).includes(type),
      ),
    broken: {
      file: 'infra/modules/identity.bicep',
      from: "resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30'",
      to: "resource identity 'Microsoft.Authorization/roleAssignments@2022-04-01'",
    },
  },
];
