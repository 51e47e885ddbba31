metadata description = 'Storage of recordings, apart from that of the app: ACS writes to it over the internet.'

import { Names, recordingsContainer, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Days until a recording is deleted; 0 keeps it for ever.')
param keepDays int

@description('Days in which no one can change or delete a recording; 0 is none.')
param immutableDays int

@description('Recordings that are older are cheaper to keep, and dearer to read.')
var coolAfterDays = 30

@description('For so long a recording can be had back that was deleted or overwritten.')
var softDeleteDays = 14

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.auditWorkspace
}

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: names.recordingsStorage
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
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
    }
    // By time and not by legal hold, so that a person's right to erasure is delayed and not denied.
    immutableStorageWithVersioning: immutableDays == 0
      ? null
      : {
          enabled: true
          immutabilityPolicy: {
            immutabilityPeriodSinceCreationInDays: immutableDays
            state: 'Unlocked'
            allowProtectedAppendWrites: false
          }
        }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-04-01' = {
  parent: storage
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-04-01' = {
  parent: blobs
  name: recordingsContainer
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2026-04-01' = {
  parent: storage
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'recordings'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: coolAfterDays }
                delete: keepDays == 0 ? null : { daysAfterModificationGreaterThan: keepDays }
              }
              version: {
                delete: { daysAfterCreationGreaterThan: max(softDeleteDays, immutableDays) }
              }
            }
          }
        }
      ]
    }
  }
}

// Who listened to a recording, who changed and who deleted one.
#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}
