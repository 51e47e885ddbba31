/** Rules about roles: who has which, and where. */
import { propertiesOf, textAt, unquoted } from '../bicep.ts';
import { bicepOf, resourcesIn } from '../files.ts';
import { difference, type Policy } from '../policy.ts';

const file = 'infra/modules/access.bicep';
const type = 'Microsoft.Authorization/roleAssignments';

/** Azure's built-in roles, by the ids that its documentation gives them. */
const ids: Readonly<Record<string, string>> = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  communicationOwner: '09976791-48a7-449e-bb21-39d1a415f350',
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  durableTaskContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402',
};

/** Where somebody has a role; loops are written out. */
const grants = [
  'appAtHostStorage: appPrincipalId is roles.blobOwner, roles.queueContributor, roles.tableContributor at hostStorage',
  'writersOfRecordings: appPrincipalId, acsPrincipalId is roles.blobContributor at recordings',
  'topicAtDeadLetters: topicPrincipalId is roles.blobContributor at deadLetters',
  'appAtAcs: appPrincipalId is roles.communicationOwner at acs',
  'appAtAppInsights: appPrincipalId is roles.metricsPublisher at appInsights',
  'appAtTaskHub: appPrincipalId is roles.durableTaskContributor at hub',
];

export const accessPolicies: readonly Policy[] = [
  {
    name: 'roles have the ids of Azure',
    check: (infra) => {
      const roles = bicepOf(infra, file).vars.find(({ name }) => name === 'roles')?.value;
      const found = [...(propertiesOf(roles) ?? [])].map(([name, id]) => `${name} ${unquoted(id)}`);
      return difference(
        found,
        Object.entries(ids).map((one) => one.join(' ')),
      );
    },
    broken: { file, from: ids.blobOwner ?? '', to: 'b24988ac-6180-42a0-ab88-20f7382dd24c' },
  },
  {
    name: 'nobody has a role beyond the list',
    check: (infra) => {
      const lists = new Map(bicepOf(infra, file).vars.map(({ name, value }) => [name, value?.text.slice(1, -1)]));
      const found = resourcesIn(infra, type).map(({ name, value, body }) => {
        const [, element, list = ''] = /^\[for (\w+) in (\w+):/.exec(value.text) ?? [];
        const writtenOut = (text = '') => (text === element ? lists.get(list) : text);
        const role = /, ([\w.]+)\)$/.exec(textAt(body, 'properties.roleDefinitionId') ?? '')?.[1];
        const who = writtenOut(textAt(body, 'properties.principalId'));
        return `${name}: ${who} is ${writtenOut(role)} at ${textAt(body, 'scope')}`;
      });
      return difference(found, grants);
    },
    broken: { file, from: '[roles.blobOwner, roles.queueContributor,', to: '[roles.blobOwner,' },
  },
  {
    name: 'a role that is granted again is the same one',
    check: (infra) =>
      resourcesIn(infra, type)
        .filter(({ body }) => {
          const [scope, who] = [textAt(body, 'scope'), textAt(body, 'properties.principalId')];
          const role = /, ([\w.]+)\)$/.exec(textAt(body, 'properties.roleDefinitionId') ?? '')?.[1];
          return textAt(body, 'name') !== `guid(${scope}.id, ${who}, ${role})`;
        })
        .map(({ name }) => name),
    broken: {
      file,
      from: 'guid(acs.id, appPrincipalId, roles.communicationOwner)',
      to: 'guid(utcNow(), appPrincipalId, roles.communicationOwner)',
    },
  },
  {
    name: 'an identity that is new is not taken for one that is missing',
    check: (infra) =>
      resourcesIn(infra, type)
        .filter(({ body }) => textAt(body, 'properties.principalType') !== 'ServicePrincipal')
        .map(({ name }) => name),
    broken: {
      file,
      from: "principalId: topicPrincipalId\n    principalType: 'ServicePrincipal'",
      to: 'principalId: topicPrincipalId',
    },
  },
];
