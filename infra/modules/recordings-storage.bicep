metadata description = 'Storage of recordings, apart from that of the app: ACS writes to it over the internet.'

param name string
param location string
param tags object
param keepDays int
param immutableDays int
param workspaceId string

var coolAfterDays = 30
var softDeleteDays = 14

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
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
    // By time and not by legal hold, so that a person's right to be forgotten is delayed and not denied.
    immutableStorageWithVersioning: immutableDays == 0 ? null : {
      enabled: true
      immutabilityPolicy: {
        immutabilityPeriodSinceCreationInDays: immutableDays
        state: 'Unlocked'
        allowProtectedAppendWrites: false
      }
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: storage
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'recordings'
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
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

// Who listened to a recording, and who deleted one.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

output name string = storage.name
output container string = container.name
