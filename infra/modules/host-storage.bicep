metadata description = 'Storage of the app: package, tables, queues, state of Durable Functions, dead letters.'

import { deadLetterContainer, Names, packageContainer, queues, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Only private endpoints, and Event Grid by its identity, get in.')
param isPrivate bool

// The app would make its queues itself when it first sends; an alert and a queue trigger want them before.
@description('Every queue, each with its poison queue.')
var queueNames = flatten(map(queues, queue => [queue, '${queue}-poison']))

resource auditWorkspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.auditWorkspace
}

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: names.hostStorage
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Event Grid writes as a trusted service: no account whose public access is disabled would let it in.
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-04-01' = {
  parent: storage
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-04-01' = [
  for container in [packageContainer, deadLetterContainer]: {
    parent: blobs
    name: container
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2026-04-01' = {
  parent: storage
  name: 'default'
}

resource appQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-04-01' = [
  for queueName in queueNames: {
    parent: queueService
    name: queueName
  }
]

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2026-04-01' = {
  parent: storage
  name: 'default'
}

// Who put another package there, and who deleted calls. Reads, and all of queues, are the app's own, every second.

#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource auditOfBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'audit'
  properties: {
    workspaceId: auditWorkspace.id
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource auditOfTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tables
  name: 'audit'
  properties: {
    workspaceId: auditWorkspace.id
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}
