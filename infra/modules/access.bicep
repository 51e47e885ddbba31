metadata description = 'Who may do what: one table of roles, and at each resource those who have one there.'

// The role at the scheduler is granted in scheduler.bicep: Azure looks at the scope of a role even if its condition is false.

import {
  callEventQueue
  deadLetterContainer
  encryptionKey
  incomingCallQueue
  Names
  recordingFileQueue
  recordingsContainer
} from 'names.bicep'

@description('Names of the deployment.')
param names Names

@export()
@description('Ids of built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles')
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  communicationOwner: '09976791-48a7-449e-bb21-39d1a415f350'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  keyWrapper: 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
  durableTaskContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}

@description('Queues that Event Grid puts events on.')
var eventQueues = [incomingCallQueue, callEventQueue, recordingFileQueue]

@description('The host keeps its keys and leases, Durable Functions its state, the app its tables and queues.')
var hostStorageRoles = [roles.blobOwner, roles.queueContributor, roles.tableContributor]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identity
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: names.acs
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: names.topic
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.keyVault

  resource key 'keys' existing = {
    name: encryptionKey
  }
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.appInsights
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.hostStorage

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: deadLetterContainer
    }
  }
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-04-01' existing = [
  for queue in eventQueues: {
    name: '${names.hostStorage}/default/${queue}'
  }
]

resource recordingsStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.recordingsStorage

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource recordings 'containers' existing = {
      name: recordingsContainer
    }
  }
}

// The name of an assignment is made of names and not of a principal's id, which no plan knows: docs/decisions says what
// to do when an identity was deleted.

resource appAtHostStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostStorageRoles: {
    scope: hostStorage
    name: guid(hostStorage.id, identity.id, role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource appAtRecordings 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: recordingsStorage::blobs::recordings
  name: guid(recordingsStorage::blobs::recordings.id, identity.id, roles.blobContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}

// The app signs links to recordings. Keys for that are of an account; what a link opens is bounded by the role above.
resource appSignsLinks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: recordingsStorage
  name: guid(recordingsStorage.id, identity.id, roles.blobDelegator)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDelegator)
  }
}

// ACS writes what is recorded to a container of one's own.
resource acsAtRecordings 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: recordingsStorage::blobs::recordings
  name: guid(recordingsStorage::blobs::recordings.id, acs.id, roles.blobContributor)
  properties: {
    principalId: acs.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}

resource topicAtDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage::blobs::deadLetters
  name: guid(hostStorage::blobs::deadLetters.id, topic.id, roles.blobContributor)
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
  }
}

resource topicAtQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, index) in eventQueues: {
    scope: queues[index]
    name: guid(queues[index].id, topic.id, roles.queueSender)
    properties: {
      principalId: topic.identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueSender)
    }
  }
]

resource appAtAcs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: acs
  name: guid(acs.id, identity.id, roles.communicationOwner)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.communicationOwner)
  }
}

// It reads the key, wraps and unwraps with it, and nothing else: no secret of the vault, and no other key.
resource appAtKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault::key
  name: guid(vault::key.id, identity.id, roles.keyWrapper)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyWrapper)
  }
}

resource appAtAppInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: appInsights
  name: guid(appInsights.id, identity.id, roles.metricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}
