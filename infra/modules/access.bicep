metadata description = 'Who may do what: one table of roles, and at each resource those who have one there.'

param appPrincipalId string
param acsName string
param acsPrincipalId string
param topicPrincipalId string
param hostStorageName string
param deadLetterContainer string
param recordingsStorageName string
param recordingsContainer string
param appInsightsName string

@description('Empty where Durable Functions keeps its state in Azure Storage.')
param schedulerName string
param taskHub string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  communicationOwner: '09976791-48a7-449e-bb21-39d1a415f350'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableTaskContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}

// The host keeps its keys and leases, Durable Functions its state, the app its tables and queues.
var hostStorageRoles = [roles.blobOwner, roles.queueContributor, roles.tableContributor]

// The app archives; ACS writes what is recorded to a container of one's own.
var recordingWriters = [appPrincipalId, acsPrincipalId]

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: hostStorageName
}

resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  name: '${hostStorageName}/default/${deadLetterContainer}'
}

resource recordings 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  name: '${recordingsStorageName}/default/${recordingsContainer}'
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: acsName
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: appInsightsName
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' existing = if (!empty(schedulerName)) {
  name: '${schedulerName}/${taskHub}'
}

resource appAtHostStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in hostStorageRoles: {
  scope: hostStorage
  name: guid(hostStorage.id, appPrincipalId, role)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

resource writersOfRecordings 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for writer in recordingWriters: {
  scope: recordings
  name: guid(recordings.id, writer, roles.blobContributor)
  properties: {
    principalId: writer
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}]

resource topicAtDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: deadLetters
  name: guid(deadLetters.id, topicPrincipalId, roles.blobContributor)
  properties: {
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}

resource appAtAcs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: acs
  name: guid(acs.id, appPrincipalId, roles.communicationOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.communicationOwner)
  }
}

resource appAtAppInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: appInsights
  name: guid(appInsights.id, appPrincipalId, roles.metricsPublisher)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource appAtTaskHub 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerName)) {
  scope: hub
  name: guid(hub.id, appPrincipalId, roles.durableTaskContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskContributor)
  }
}
