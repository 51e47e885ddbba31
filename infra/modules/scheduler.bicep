metadata description = 'Durable Task Scheduler: keeps the state of orchestrations in the place of Azure Storage.'

import { roles } from 'access.bicep'
import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Dedicated capacity units; 0 is the Consumption plan.')
param capacity int

@description('Lets in only those who come through the virtual network.')
param isPrivate bool

@description('The same file names the task hub of Durable Functions.')
var hostJson = loadJsonContent('../../host.json')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identity
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: names.scheduler
  location: location
  tags: tags
  properties: {
    sku: capacity == 0 ? { name: 'Consumption' } : { name: 'Dedicated', capacity: capacity }
    ipAllowlist: isPrivate ? [] : ['0.0.0.0/0']
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: hostJson.extensions.durableTask.hubName
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      { orchestrationState: 'Completed', retentionPeriodInDays: 7 }
      { orchestrationState: 'Failed', retentionPeriodInDays: 30 }
      { orchestrationState: 'Terminated', retentionPeriodInDays: 30 }
      { orchestrationState: 'Canceled', retentionPeriodInDays: 7 }
    ]
  }
}

resource appAtTaskHub 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: taskHub
  name: guid(taskHub.id, identity.id, roles.durableTaskContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskContributor)
  }
}
